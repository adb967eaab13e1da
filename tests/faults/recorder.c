/* Records what a program does to the files of one directory, in the order in which it
   does it: writes and cuts before they are made, syncs after they are done. What is in
   the log before a sync is on the disk once that sync is in the log.

   RECORD_FILES names the directory, RECORD_LOG the log. A record is a header, the name
   of the file, and what is written. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

struct header {
  uint32_t kind, name;
  uint64_t offset, size;
};

/* The name of a file of the directory, empty for itself; or NULL. */
static const char *within(const char *path) {
  const char *files = getenv("RECORD_FILES");
  size_t length = files ? strlen(files) : 0;
  if (!length || strncmp(path, files, length)) return NULL;
  if (!path[length]) return path + length;
  return path[length] == '/' ? path + length + 1 : NULL;
}

static void record(uint32_t kind, const char *path, uint64_t offset, const void *data,
                   uint64_t size) {
  static int file = -1;
  const char *name = within(path);
  if (!name) return;
  if (file < 0)
    file = open(getenv("RECORD_LOG"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  struct header header = {kind, strlen(name), offset, size};
  struct iovec parts[] = {{&header, sizeof header},
                          {(void *)name, header.name},
                          {(void *)data, data ? size : 0}};
  if (writev(file, parts, 3) < 0) abort();
}

static void record_open(uint32_t kind, int file, uint64_t offset, const void *data,
                        uint64_t size) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return;
  path[length] = 0;
  record(kind, path, offset, data, size);
}

#define REAL(name) \
  static __typeof__(name) *real; \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

ssize_t pwrite64(int file, const void *data, size_t size, off64_t offset) {
  REAL(pwrite64);
  record_open('w', file, offset, data, size);
  return real(file, data, size, offset);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t offset) {
  REAL(pwrite);
  record_open('w', file, offset, data, size);
  return real(file, data, size, offset);
}

int fdatasync(int file) {
  REAL(fdatasync);
  int result = real(file);
  if (!result) record_open('s', file, 0, NULL, 0);
  return result;
}

int fsync(int file) {
  REAL(fsync);
  int result = real(file);
  if (!result) record_open('s', file, 0, NULL, 0);
  return result;
}

int ftruncate64(int file, off64_t size) {
  REAL(ftruncate64);
  record_open('t', file, size, NULL, 0);
  return real(file, size);
}

int ftruncate(int file, off_t size) {
  REAL(ftruncate);
  record_open('t', file, size, NULL, 0);
  return real(file, size);
}

int unlink(const char *path) {
  REAL(unlink);
  record('u', path, 0, NULL, 0);
  return real(path);
}
