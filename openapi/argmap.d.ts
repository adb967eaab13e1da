// The types of argmap's API: made of argmap.openapi.json, not to be edited.

export interface Schemas {
  /** Add one item, before the one of its kind that `before` names, or at the end. */
  Add: {
    op: "add";
    before?: string | null;
    source: Schemas["Source"];
    passage?: null;
    claim?: null;
    relation?: null;
  } | {
    op: "add";
    before?: string | null;
    passage: Schemas["NewPassage"];
    source?: null;
    claim?: null;
    relation?: null;
  } | {
    op: "add";
    before?: string | null;
    claim: Schemas["Claim"];
    source?: null;
    passage?: null;
    relation?: null;
  } | {
    op: "add";
    before?: string | null;
    relation: Schemas["Relation"];
    source?: null;
    passage?: null;
    claim?: null;
  };
  /**
   * What became of a passage.
   *
   * `exact`: its words are where it says. `moved`: they are in exactly one other place,
   * where it is now. `orphaned`: they are nowhere, or in several other places; its spans
   * are those in an earlier text. Passages are found by their words alone.
   */
  AnchorOut: {
    /** Unique in its map within its kind, and stable for ever. */
    passage: string;
    state: "exact" | "moved" | "orphaned" | "unverified";
    spans: Schemas["Span"][];
  };
  /** An answer, with what to say and what to cite. */
  AnswerGiven: {
    relation: string;
    kind: "rebut" | "rephrase" | "support" | "undercut";
    premises: string[];
    status: "defeated" | "standing";
    strength: number;
    texts: string[];
    citations: Schemas["Citation"][];
    words: number;
    seconds: number;
  };
  /**
   * A relation that speaks for this side.
   *
   * `contribution` is what it adds to the claim's strength for this side: the strength
   * less that without it, for con the other way round. `citations` are the best
   * passages; `not_cited` those that their source only reports or rejects.
   * `attacked_by` are expected attacks on it. Words are those of the premises and the
   * first citation.
   */
  Argument: {
    relation: string;
    kind: "rebut" | "rephrase" | "support" | "undercut";
    premises: Schemas["Premise"][];
    contribution: number;
    strength: number;
    citations: Schemas["Citation"][];
    not_cited: Schemas["Citation"][];
    attacked_by: string[];
    words: number;
    seconds: number;
  };
  /**
   * An argument on the flow, and what has become of it.
   *
   * `text` is what it says: its own, or that of its relation's premises; empty if
   * that is gone. `answered_by` are the answers that count, `must_answer_in` the
   * speech by whose end the other side has to, null if there is none.
   */
  ArgumentFlow: {
    move: string;
    speech: string;
    side: "con" | "pro";
    action: "answer" | "concede" | "extend" | "introduce" | "kick" | "turn";
    on: string | null;
    relation: string | null;
    text: string;
    status: "answered" | "conceded" | "dropped" | "gone" | "kicked" | "standing";
    answered_by: string[];
    extended_in: string[];
    must_answer_in: string | null;
  };
  /** The critical question of another relation's scheme that an item raises. */
  Asks: {
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    relation: string;
    question: string;
  };
  /** Someone who wrote a source, and what speaks for them. */
  Author: {
    name: string;
    qualifications?: string | null;
  };
  /**
   * What is said together: `relation` is the argument, or the attack answered.
   *
   * `answers` are the relations that answer; `words` are of all of it.
   */
  Block: {
    kind: "answer" | "argument";
    relation: string;
    answers: string[];
    words: number;
    seconds: number;
  };
  /** A case file. `disagreement` lists the verdicts of all rules that were run. */
  Brief: {
    map: string | null;
    revision: number | null;
    rule: string;
    rule_version: string | null;
    rule_digest: string | null;
    parameters: Record<string, unknown>;
    options: Schemas["Options"];
    input_hash: string;
    manifest?: Schemas["Manifest"];
    claim: string;
    text: string;
    side: "con" | "pro";
    strength: number;
    verdict: "accepted" | "rejected" | "undecided" | null;
    words_per_minute: number;
    case: Schemas["Argument"][];
    expected: Schemas["Expected"][];
    gaps: Schemas["Gap"][];
    pivots: Schemas["Pivots"];
    disagreement: Schemas["RuleVerdict"][];
    plan: Schemas["Plan"];
  };
  /** A request to the API; `…` in its body is yours to fill in. */
  Call: {
    method: "DELETE" | "GET" | "PATCH" | "POST" | "PUT";
    path: string;
    body?: Record<string, unknown> | null;
  };
  /**
   * Operations of one revision, and by how much they changed strengths.
   *
   * There are several where the map is valid only after all of them, and where a diff
   * has too many, for a map of its size, to evaluate it after each.
   */
  Cause: {
    revision: number | null;
    operations: (Schemas["Add"] | Schemas["Replace"] | Schemas["Remove"] | Schemas["Move"])[];
    deltas: Record<string, number>;
  };
  /** Those members of ChangeSetOut that `fields` names. */
  ChangeSetFields: {
    revision?: number;
    author?: string | null;
    at?: string;
    message?: string;
    operations?: (Schemas["Add"] | Schemas["Replace"] | Schemas["Remove"] | Schemas["Move"])[];
    is_whole?: boolean;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  ChangeSetFieldsPage: {
    items: Schemas["ChangeSetFields"][];
    next: string | null;
    count?: number;
  };
  /**
   * One entry of the history, with the operations as they were carried out.
   *
   * `author` is null where the server does not know whom it serves. Of an import no
   * more than the first 500 operations are listed; then `is_whole` is false, and the
   * export as of its revision has all that it made.
   */
  ChangeSetOut: {
    revision: number;
    author: string | null;
    at: string;
    message: string;
    operations: (Schemas["Add"] | Schemas["Replace"] | Schemas["Remove"] | Schemas["Move"])[];
    is_whole: boolean;
  };
  /**
   * The item that one operation was about. A passage's key has its source before it.
   *
   * `rev` is null if the item is gone.
   */
  Changed: {
    kind: "claim" | "map" | "passage" | "relation" | "source";
    key: string;
    rev: number | null;
  };
  /**
   * Operations to be applied in order, all of them or none.
   *
   * What replaces or removes an item that is there says of which state, by `if`: its
   * ETag without the quotes (`r4`), or `*`. `$name` as the key of an item that is
   * added stands for it in the operations that follow.
   */
  ChangesIn: {
    operations: (Schemas["Add"] | Schemas["Replace"] | Schemas["Remove"] | Schemas["Move"])[];
    message?: string;
  };
  /** What came of a batch: the items that its operations were about, in order. */
  ChangesOut: {
    revision: number;
    items: Schemas["Changed"][];
  };
  /**
   * A passage, with all that naming it needs.
   *
   * `quote` is null where the text is not attached, or is not what it should be.
   * `words` and `seconds` count what is read out: quote and citation.
   */
  Citation: {
    source: string;
    passage: string;
    stance: string;
    attributed_to: string | null;
    citation: string;
    quote: string | null;
    words: number;
    seconds: number;
  };
  /**
   * A sentence that someone can dispute.
   *
   * `base_score` is what it is worth before any relation; null leaves it to the rule.
   */
  Claim: {
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    key?: string;
    text: string;
    wordings?: string[];
    kind?: "claim" | "fact" | "policy" | "position" | "prediction" | "value";
    base_score?: number | null;
    speaker?: string | null;
    tags?: string[];
    implicit?: boolean;
    passages?: Schemas["PassageReference"][];
    data?: Record<string, unknown>;
    residue?: Record<string, unknown>;
  };
  /**
   * What a rule says of one claim.
   *
   * `base` is the base score that the rule counted. `rank`: 1 is the strongest;
   * claims whose strengths differ by no more than 1e-9 share one, and as many ranks are
   * left out after them (1, 1, 3). `verdict` is null under ranking rules, `label`
   * under all but labelling ones. `settled` is false where the strength is not to be
   * relied on: in or downstream of a cycle that did not converge, or rests on an
   * unstable point.
   */
  ClaimEvaluation: {
    base: number;
    strength: number;
    rank: number;
    verdict: "accepted" | "rejected" | "undecided" | null;
    label: "in" | "out" | "undecided" | null;
    settled: boolean;
  };
  /** Those members of ClaimOut that `fields` names. */
  ClaimFields: {
    /** Unique in its map within its kind, and stable for ever. */
    key?: string;
    rev?: number;
    text?: string;
    wordings?: string[];
    kind?: "claim" | "fact" | "policy" | "position" | "prediction" | "value";
    base_score?: number | null;
    speaker?: string | null;
    tags?: string[];
    implicit?: boolean;
    passages?: Schemas["PassageReference"][];
    data?: Record<string, unknown>;
    strength?: number;
    rank?: number;
    verdict?: "accepted" | "rejected" | "undecided" | null;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  ClaimFieldsPage: {
    items: Schemas["ClaimFields"][];
    next: string | null;
    count?: number;
  };
  /**
   * A claim that was found, its map, and where its words are.
   *
   * `language` is what the map states of its texts.
   */
  ClaimHitOut: {
    /** Unique in its map within its kind, and stable for ever. */
    map: string;
    /** Unique in its map within its kind, and stable for ever. */
    key: string;
    rev: number;
    text: string;
    language: string | null;
    wordings: string[];
    kind: "claim" | "fact" | "policy" | "position" | "prediction" | "value";
    speaker: string | null;
    tags: string[];
    highlights: Schemas["Highlight"][];
  };
  /** A claim to be. Without a key it gets one made of its text. */
  ClaimIn: {
    /** Unique in its map within its kind, and stable for ever. */
    key?: string;
    text: string;
    wordings?: string[];
    kind?: "claim" | "fact" | "policy" | "position" | "prediction" | "value";
    base_score?: number | null;
    speaker?: string | null;
    tags?: string[];
    implicit?: boolean;
    passages?: Schemas["PassageReference"][];
    data?: Record<string, unknown>;
  };
  /** A claim, and what the rule makes of it; `is_target`: it is under debate. */
  ClaimNode: {
    type: "claim";
    id: string;
    label: string;
    key: string;
    rev: number | null;
    kind: "claim" | "fact" | "policy" | "position" | "prediction" | "value";
    base_score: number | null;
    speaker: string | null;
    tags: string[];
    implicit: boolean;
    is_target: boolean;
    strength: number;
    rank: number;
    verdict: "accepted" | "rejected" | "undecided" | null;
  };
  /**
   * A claim. `rev` 4 means that its ETag is `"r4"`.
   *
   * A list under a rule has what that makes of it: strength, rank and verdict.
   */
  ClaimOut: {
    /** Unique in its map within its kind, and stable for ever. */
    key: string;
    rev: number;
    text: string;
    wordings: string[];
    kind: "claim" | "fact" | "policy" | "position" | "prediction" | "value";
    base_score: number | null;
    speaker: string | null;
    tags: string[];
    implicit: boolean;
    passages: Schemas["PassageReference"][];
    data: Record<string, unknown>;
    strength?: number;
    rank?: number;
    verdict?: "accepted" | "rejected" | "undecided" | null;
  };
  /** Members to change; one that is left out keeps its value, null clears. */
  ClaimPatch: {
    text?: string;
    wordings?: string[];
    kind?: "claim" | "fact" | "policy" | "position" | "prediction" | "value";
    base_score?: number | null;
    speaker?: string | null;
    tags?: string[];
    implicit?: boolean;
    passages?: Schemas["PassageReference"][];
    data?: Record<string, unknown>;
  };
  /**
   * What one claim, relation or source contributes.
   *
   * `value` is null where there is no derivative; `stderr` is the standard error of
   * a sampled value, 0 where it is exact.
   */
  Contribution: {
    key: string;
    value: number | null;
    stderr?: number;
  };
  /** What everything contributes, largest first, ties in the map's order. */
  Contributions: {
    claims: Schemas["Contribution"][];
    relations: Schemas["Contribution"][];
    sources: Schemas["Contribution"][];
  };
  /**
   * A map on which the law is broken, as an argmap/1 document.
   *
   * Where the law compares two maps, `operations` make the other one.
   */
  CounterexampleOut: {
    map: Record<string, unknown>;
    operations: (Record<string, unknown>)[];
    detail: string;
  };
  /**
   * A claim, and what it does for either case: positive helps it.
   *
   * `pro` is the strength of the claim under debate with the case for it alone, less
   * the same without this one; `con` the reverse with the case against it alone.
   */
  Crux: {
    claim: string;
    pro: number;
    con: number;
    size: number;
  };
  /** The cruxes of one claim, those that matter most first. */
  Cruxes: {
    map: string | null;
    revision: number | null;
    rule: string;
    rule_version: string | null;
    rule_digest: string | null;
    parameters: Record<string, unknown>;
    options: Schemas["Options"];
    input_hash: string;
    manifest?: Schemas["Manifest"];
    claim: string;
    cruxes: Schemas["Crux"][];
  };
  /** Relations that are enough, none to spare, and their premises, in map order. */
  Defence: {
    claims: string[];
    relations: string[];
  };
  /**
   * The event `deleted`, after which the stream ends: the map is gone.
   *
   * `revision` is the last one that was told of.
   */
  DeletedOut: {
    map: string;
    revision: number;
  };
  /** What claims depend on: the groups that change most first. */
  Dependence: {
    map: string | null;
    revision: number | null;
    rule: string;
    rule_version: string | null;
    rule_digest: string | null;
    parameters: Record<string, unknown>;
    options: Schemas["Options"];
    input_hash: string;
    manifest?: Schemas["Manifest"];
    by: "source" | "speaker" | "tag";
    before: Record<string, Schemas["Standing"]>;
    groups: Schemas["Group"][];
  };
  /**
   * What changed from one revision to another, under a rule.
   *
   * `claims` are those whose strength or verdict is another, and those that came or
   * went; `causes` have all the operations, in order. The deltas of the causes add up
   * to those of the claims exactly, in whatever order: they are multiples of 2**-50,
   * which is within 1e-15 of what the strengths say. `input_hash` is that of the map
   * after, `input_hash_before` that of the map before.
   */
  Diff: {
    map: string | null;
    revision: number | null;
    rule: string;
    rule_version: string | null;
    rule_digest: string | null;
    parameters: Record<string, unknown>;
    options: Schemas["Options"];
    input_hash: string;
    manifest?: Schemas["Manifest"];
    from: number | null;
    to: number | null;
    input_hash_before: string;
    operations: (Schemas["Add"] | Schemas["Replace"] | Schemas["Remove"] | Schemas["Move"])[];
    claims: Record<string, Schemas["Difference"]>;
    causes: Schemas["Cause"][];
  };
  /**
   * A claim before and after; null where there is no such claim.
   *
   * `delta` is the difference of the strengths, one that is not there counting 0.
   */
  Difference: {
    before: Schemas["Standing"] | null;
    after: Schemas["Standing"] | null;
    delta: number;
  };
  /**
   * A relation to the claim itself.
   *
   * `strength` is what it carries, null under rules that do not say; `passages` are
   * those that it or one of its premises rests on.
   */
  DirectRelation: {
    relation: string;
    kind: "rebut" | "rephrase" | "support" | "undercut";
    strength: number | null;
    premises: Schemas["PremiseStrength"][];
    undercut_by: Schemas["UndercutStrength"][];
    passages: Schemas["PassageReference"][];
  };
  /** Where evaluations of one map part: in verdicts, and in how they order claims. */
  Disagreement: {
    claims: Schemas["DisputedClaim"][];
    tau_b: Schemas["RankCorrelation"][];
  };
  /**
   * A claim on whose verdict rules part.
   *
   * `hangs_on` is null on maps of more than two thousand claims.
   */
  DisputedClaim: {
    claim: string;
    verdicts: Record<string, "accepted" | "rejected" | "undecided">;
    hangs_on?: Schemas["HangsOn"] | null;
  };
  /**
   * A relation that is not needed any more.
   *
   * `same_as` names the one that says the same; null: it said that the two claims
   * rephrase each other.
   */
  DroppedOut: {
    /** Unique in its map within its kind, and stable for ever. */
    relation: string;
    same_as: string | null;
  };
  /** A way from a premise to its relation, or from a relation to its target. */
  Edge: {
    id: string;
    source: string;
    target: string;
    role: "premise" | "target";
  };
  /** An edge as Cytoscape.js takes it. */
  EdgeElement: {
    data: Schemas["Edge"];
  };
  /**
   * What changes do to one claim.
   *
   * `before` is null if they add it, `after` if they remove it.
   */
  Effect: {
    before: Schemas["Standing"] | null;
    after: Schemas["Standing"] | null;
    delta: number | null;
  };
  /** All that is drawn: claims, then relations, in the map's order. */
  Elements: {
    nodes: Schemas["NodeElement"][];
    edges: Schemas["EdgeElement"][];
  };
  /**
   * That a key has changed something: by which request, of which map.
   *
   * `revision` is the one that a change of the map has made, or the last one of a map
   * that was deleted.
   */
  EntryOut: {
    number: number;
    at: string;
    key: string | null;
    what: string;
    map: string | null;
    revision: number | null;
  };
  /**
   * One rule run on one revision of a map.
   *
   * Relations' strengths are null under rules that give them none. `error_bound` is
   * how far any strength can be from the exact one, null where nothing is known.
   */
  Evaluation: {
    map: string | null;
    revision: number | null;
    rule: string;
    rule_version: string | null;
    rule_digest: string | null;
    parameters: Record<string, unknown>;
    options: Schemas["Options"];
    input_hash: string;
    manifest?: Schemas["Manifest"];
    claims: Record<string, Schemas["ClaimEvaluation"]>;
    relations: Record<string, number | null>;
    converged: boolean;
    stability: "stable" | "unknown" | "unstable";
    iterations: number;
    residual: number;
    error_bound: number | null;
    extensions: number | null;
    truncated: boolean;
    warnings: Schemas["EvaluationWarning"][];
  };
  /**
   * Something in the map that the rule does not take into account.
   *
   * `count` items are concerned; `relations` names the first hundred of them, where
   * they are relations.
   */
  EvaluationWarning: {
    code: string;
    count: number;
    relations?: string[];
  };
  /** Rules to run side by side. */
  EvaluationsIn: {
    rules: Schemas["RuleChoice"][];
  };
  /**
   * One result a rule, in the order of the request, and where the rules part.
   *
   * A rule that was asked for twice is `rule#2` there.
   */
  EvaluationsOut: {
    results: Schemas["RuleResult"][];
    disagreement: Schemas["Disagreement"];
  };
  /**
   * A piece of a source's text that has the words.
   *
   * `start`, `end` and `spans` are places in the whole text, as passages have
   * them.
   */
  Excerpt: {
    start: number;
    end: number;
    text: string;
    spans: Schemas["Span"][];
  };
  /**
   * What the other side has to say against this one.
   *
   * `on` is what it attacks; `against` are the arguments of the case that it hurts,
   * none if it is about the claim itself. `effect` is how much it changes the claim's
   * strength for the other side. `unanswered`: no answer stands.
   */
  Expected: {
    relation: string;
    kind: "rebut" | "rephrase" | "support" | "undercut";
    on: Schemas["Target"];
    against: string[];
    premises: Schemas["Premise"][];
    effect: number;
    strength: number;
    answered_by: Schemas["AnswerGiven"][];
    unanswered: boolean;
  };
  /**
   * Why a claim has its strength and verdict under one rule.
   *
   * `contributions` are by `method`, and `note` says what their values mean;
   * `seed` and `permutations` are those of sampled ones, null where they are exact.
   * `defence` and `unanswered` are for labelling rules; both are null under others,
   * and where `note` says that the time was up.
   */
  Explanation: {
    map: string | null;
    revision: number | null;
    rule: string;
    rule_version: string | null;
    rule_digest: string | null;
    parameters: Record<string, unknown>;
    options: Schemas["Options"];
    input_hash: string;
    manifest?: Schemas["Manifest"];
    claim: string;
    strength: number;
    verdict: "accepted" | "rejected" | "undecided" | null;
    base: number;
    method: "gradient" | "intrinsic-removal" | "removal" | "shapley";
    exact: boolean;
    seed: number | null;
    permutations: number | null;
    contributions: Schemas["Contributions"];
    relations: Schemas["DirectRelation"][];
    defence: Schemas["Defence"] | null;
    unanswered: Schemas["Unanswered"] | null;
    converged: boolean;
    stability: "stable" | "unknown" | "unstable";
    note: string;
  };
  /** What becomes of a map in a format: a remark for whatever it cannot hold. */
  ExportOut: {
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    map: string;
    revision: number;
    format: string;
    losses: number;
    report: Schemas["Remark"][];
  };
  /** One of several things that are wrong. */
  FaultDocument: {
    code: string;
    detail: string;
    pointer: string;
    [fact: string]: unknown;
  };
  /** An argmap/1 file; arrays, so two items can have one key until that is refused. */
  File: {
    format: "argmap/1";
    map: Schemas["Header"];
    sources?: Schemas["Source"][];
    claims?: Schemas["Claim"][];
    relations?: Schemas["Relation"][];
  };
  /** A claim at its place; `parent` is the node above, null at the start. */
  FlatNode: {
    id: string;
    claim: string;
    rev: number | null;
    text: string;
    strength: number | null;
    verdict: "accepted" | "rejected" | "undecided" | null;
    side: "con" | "pro" | null;
    via: Schemas["Via"] | null;
    child_count: number;
    hidden: number;
    next: string | null;
    reference_to: Schemas["Reference"] | null;
    parent: string | null;
    x?: number;
    y?: number;
    width?: number;
    height?: number;
  };
  /** The same as a list, parents before children, level by level. */
  FlatTree: {
    map: string;
    revision: number | null;
    rule: string | null;
    language: string | null;
    nodes: Schemas["FlatNode"][];
  };
  /** A smallest set of changes that turns the verdict, and what it comes to. */
  Flip: {
    operations: (Schemas["Add"] | Schemas["Replace"] | Schemas["Remove"] | Schemas["Move"])[];
    after: Schemas["Standing"];
  };
  /**
   * Smallest sets of changes that turn a verdict.
   *
   * `searched` counts the sets that were tried. `complete`: every set of the allowed
   * size was tried, or holds one that is here; false where the time was up first.
   */
  Flips: {
    map: string | null;
    revision: number | null;
    rule: string;
    rule_version: string | null;
    rule_digest: string | null;
    parameters: Record<string, unknown>;
    options: Schemas["Options"];
    input_hash: string;
    manifest?: Schemas["Manifest"];
    before: Schemas["Standing"];
    flips: Schemas["Flip"][];
    searched: number;
    complete: boolean;
  };
  /**
   * The verdict that is wanted, and by which changes.
   *
   * `mute`: a relation gets weight 0; `rebut`: a new claim of base score 1 rebuts a
   * claim; `base-score`: a base score moves as far as it must.
   */
  FlipsIn: {
    /** Unique in its map within its kind, and stable for ever. */
    target: string;
    to: "accepted" | "rejected" | "undecided";
    rule?: string | null;
    parameters?: Record<string, unknown>;
    options?: Record<string, unknown>;
    allow?: ("base-score" | "mute" | "rebut")[];
    /** The most changes in a set. */
    max_operations?: number;
    /** How long to search. */
    seconds?: number;
  };
  /**
   * The flow of a round at the end of a speech; `after` null is as of now.
   *
   * `course` has the targets at the end of each speech up to there. `next` lists the
   * arguments that wait for an answer from `side`, those that do most first.
   */
  Flow: {
    map: string | null;
    revision: number | null;
    rule: string;
    rule_version: string | null;
    rule_digest: string | null;
    parameters: Record<string, unknown>;
    options: Schemas["Options"];
    input_hash: string;
    manifest?: Schemas["Manifest"];
    round: string;
    round_revision: number;
    after: string | null;
    arguments: Schemas["ArgumentFlow"][];
    targets: Record<string, Schemas["Standing"] | null>;
    course: Schemas["TargetsAfter"][];
    next: Schemas["ToAnswer"][];
  };
  /** The map to be. Without a key it gets one made of its title, or of the other's. */
  ForkIn: {
    /** Unique in its map within its kind, and stable for ever. */
    key?: string;
    title?: string;
    /** The revision that is copied; without it, the newest. */
    at?: number;
  };
  /**
   * A file format, and what becomes of each feature of a map in it.
   *
   * `held`: written in the format's own terms; `residue`: kept where others pass
   * over it and argmap reads it back; `lost`: left out, with a remark.
   */
  FormatOut: {
    name: string;
    title: string;
    description: string;
    suffixes: string[];
    media_type: string;
    features: Record<string, "held" | "lost" | "residue">;
    is_readable: boolean;
    is_writable: boolean;
  };
  /**
   * Something that a map lacks, where, and the call that closes it.
   *
   * `question` is that of a scheme, for kind `unasked`.
   */
  Gap: {
    kind: "isolated" | "one-sided" | "orphaned" | "single-source" | "unanswered" | "unasked" | "unsourced";
    claim?: string | null;
    relation?: string | null;
    source?: string | null;
    passage?: string | null;
    question?: string | null;
    why: string;
    close: Schemas["Call"];
  };
  /**
   * What a map lacks, under one rule, in the order of kinds and of the map.
   *
   * `next` is the cursor of the part after, null in the last; whole ones have none.
   */
  Gaps: {
    map: string | null;
    revision: number | null;
    rule: string;
    rule_version: string | null;
    rule_digest: string | null;
    parameters: Record<string, unknown>;
    options: Schemas["Options"];
    input_hash: string;
    manifest?: Schemas["Manifest"];
    gaps?: Schemas["Gap"][];
    next?: string | null;
  };
  /** A map as nodes and edges, under a rule. */
  Graph: {
    map: string | null;
    revision: number | null;
    rule: string;
    rule_version: string | null;
    rule_digest: string | null;
    parameters: Record<string, unknown>;
    options: Schemas["Options"];
    input_hash: string;
    manifest?: Schemas["Manifest"];
    elements: Schemas["Elements"];
  };
  /** One source, speaker or tag; what each claim would be without it. */
  Group: {
    key: string;
    claims: Record<string, Schemas["Loss"]>;
  };
  /**
   * What a disagreement on a claim hangs on.
   *
   * `claims` are disputed ones that speak for or against it, or undercut or back what
   * does: it may begin there. `features`: without one of these all the rules agree on
   * the claim; none, where no single one decides.
   */
  HangsOn: {
    claims: string[];
    features: ("base-scores" | "cycles" | "defaults" | "linked-premises" | "margin" | "supports" | "undercuts" | "weights")[];
  };
  /** What a map says of itself. `targets` are the claims under debate. */
  Header: {
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    key: string;
    title?: string;
    description?: string;
    language?: string | null;
    targets?: string[];
    data?: Record<string, unknown>;
    residue?: Record<string, unknown>;
  };
  /**
   * That the server and its database work, with the versions of both.
   *
   * `database` is such as `SQLite 3.46.1` or `PostgreSQL 18.0`.
   */
  HealthOut: {
    version: string;
    database: string;
  };
  /**
   * Where in a member of an item the words are: code points, half-open.
   *
   * `pointer` is a JSON Pointer into the item, such as `/text`.
   */
  Highlight: {
    pointer: string;
    spans: Schemas["Span"][];
  };
  /**
   * The map that was imported, and a remark for every repair and every loss.
   *
   * `revision` is null after a dry run.
   */
  ImportOut: {
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    map: string;
    revision: number | null;
    report: Schemas["Remark"][];
  };
  /** Keys of items; a passage's has that of its source before it. */
  ItemsOut: {
    sources: string[];
    passages: string[];
    claims: string[];
    relations: string[];
  };
  /**
   * Long work: how far it is, and what came of it.
   *
   * `done` of `total` parts are done: items written, rules evaluated, sets of
   * changes tried; `total` is null while nobody knows it. `result` is what the
   * request would have been answered with, `problem` why there is none.
   */
  JobOut: {
    key: string;
    status: "cancelled" | "done" | "failed" | "queued" | "running";
    done: number;
    total: number | null;
    result: unknown;
    problem: Schemas["Problem"] | null;
  };
  /** An API key to be. Without a `key` to go by it gets one made of its name. */
  KeyIn: {
    /** Unique in its map within its kind, and stable for ever. */
    key?: string;
    /** Whose it is: the author of what is written with it. In one line, without characters that turn the direction of writing. */
    name: string;
    admin?: boolean;
    expires_at?: string | null;
  };
  /**
   * An API key, without its secret, which nobody can tell.
   *
   * An `admin` may do everything; any other key what its role on each map says.
   */
  KeyOut: {
    /** Unique in its map within its kind, and stable for ever. */
    key: string;
    name: string;
    admin: boolean;
    created_at: string;
    expires_at: string | null;
  };
  /**
   * A law that a rule may promise; researchers say principle, property or axiom.
   *
   * `domain`: the maps it speaks of. Rules have to keep a required one in any case.
   */
  LawOut: {
    name: string;
    statement: string;
    source: string;
    domain: "all maps" | "maps without cycles" | "one claim and what bears on it" | "plain relations";
    is_required: boolean;
  };
  /** A chain from evidence to the claim, in the order in which it argues. */
  Line: {
    evidence: string;
    links: Schemas["Link"][];
    strength: number;
    weakest: string;
  };
  /** The lines of argument of several claims. */
  Lines: {
    map: string | null;
    revision: number | null;
    rule: string;
    rule_version: string | null;
    rule_digest: string | null;
    parameters: Record<string, unknown>;
    options: Schemas["Options"];
    input_hash: string;
    manifest?: Schemas["Manifest"];
    claims: Schemas["Sides"][];
  };
  /**
   * One relation of a line, from one of its premises.
   *
   * `claim` is null where the link before is about this relation itself.
   */
  Link: {
    claim: string | null;
    relation: string;
    kind: "rebut" | "rephrase" | "support" | "undercut";
    strength: number;
  };
  /** How a claim would stand, and what it would lose or gain (`delta`). */
  Loss: {
    after: Schemas["Standing"];
    delta: number;
    turns: boolean;
  };
  /**
   * A move on the flow.
   *
   * A text that has been adopted into the map has its `relation` there; `counter` is
   * the relation by which an adopted turn speaks for its own side.
   */
  MadeMove: {
    speech: string;
    action: "answer" | "concede" | "extend" | "introduce" | "kick" | "turn";
    relation?: string | null;
    text?: string | null;
    on?: string | null;
    claim?: string | null;
    key: string;
    side: "con" | "pro";
    counter?: string | null;
  };
  /**
   * The versions and the platform that an answer was computed with.
   *
   * `citation` is a sentence for a list of references.
   */
  Manifest: {
    argmap: string;
    python: string;
    numpy: string;
    scipy: string;
    rules: Record<string, string | null>;
    platform: string;
    citation: string;
  };
  /** Those members of MapOut that `fields` names. */
  MapFields: {
    /** Unique in its map within its kind, and stable for ever. */
    key?: string;
    rev?: number;
    revision?: number;
    title?: string;
    description?: string;
    language?: string | null;
    targets?: string[];
    visibility?: "private" | "public";
    data?: Record<string, unknown>;
    created_at?: string;
    updated_at?: string;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  MapFieldsPage: {
    items: Schemas["MapFields"][];
    next: string | null;
    count?: number;
  };
  /** A map to be. Without a key it gets one made of its title. */
  MapIn: {
    /** Unique in its map within its kind, and stable for ever. */
    key?: string;
    title?: string;
    description?: string;
    language?: string | null;
    targets?: string[];
    visibility?: "private" | "public";
    data?: Record<string, unknown>;
  };
  /**
   * A map's header.
   *
   * `rev` is the revision that last changed the header, and its ETag; `revision` the
   * newest of the map. `targets` are the claims under debate.
   */
  MapOut: {
    /** Unique in its map within its kind, and stable for ever. */
    key: string;
    rev: number;
    revision: number;
    title: string;
    description: string;
    language: string | null;
    targets: string[];
    visibility: "private" | "public";
    data: Record<string, unknown>;
    created_at: string;
    updated_at: string;
  };
  /** Members to change; one that is left out keeps its value, null clears. */
  MapPatch: {
    title?: string;
    description?: string;
    language?: string | null;
    targets?: string[];
    visibility?: "private" | "public";
    data?: Record<string, unknown>;
  };
  /** What a key may do: read, change what is in the map, or decide who else may. */
  MemberIn: {
    role: "editor" | "owner" | "reader";
  };
  /** A key that has a role on the map, and the name that goes with it. */
  MemberOut: {
    /** Unique in its map within its kind, and stable for ever. */
    key: string;
    name: string;
    role: "editor" | "owner" | "reader";
  };
  /** The claim that stays. */
  MergeIn: {
    /** Unique in its map within its kind, and stable for ever. */
    into: string;
  };
  /** The claim that stays, and the relations that went. */
  MergeOut: {
    claim: Schemas["ClaimOut"];
    dropped: Schemas["DroppedOut"][];
  };
  /** Put one item before another of its kind, or at the end. */
  Move: {
    op: "move";
    before?: string | null;
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    source: string;
    passage?: null;
    claim?: null;
    relation?: null;
  } | {
    op: "move";
    before?: string | null;
    passage: Schemas["PassagePath"];
    source?: null;
    claim?: null;
    relation?: null;
  } | {
    op: "move";
    before?: string | null;
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    claim: string;
    source?: null;
    passage?: null;
    relation?: null;
  } | {
    op: "move";
    before?: string | null;
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    relation: string;
    source?: null;
    passage?: null;
    claim?: null;
  };
  /** An API key that was just made. Its `secret` is never shown again. */
  NewKeyOut: {
    /** Unique in its map within its kind, and stable for ever. */
    key: string;
    secret: string;
    name: string;
    admin: boolean;
    created_at: string;
    expires_at: string | null;
  };
  /** A passage, with the source that it goes to. */
  NewPassage: {
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    key?: string;
    spans: Schemas["Span"][];
    sha256?: string | null;
    paragraph?: number | null;
    page?: number | null;
    orphaned?: boolean;
    data?: Record<string, unknown>;
    residue?: Record<string, unknown>;
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    source: string;
  };
  /** A claim at its place, with what hangs below. */
  Node: {
    id: string;
    claim: string;
    rev: number | null;
    text: string;
    strength: number | null;
    verdict: "accepted" | "rejected" | "undecided" | null;
    side: "con" | "pro" | null;
    via: Schemas["Via"] | null;
    child_count: number;
    hidden: number;
    next: string | null;
    reference_to: Schemas["Reference"] | null;
    children: Schemas["Node"][];
    x?: number;
    y?: number;
    width?: number;
    height?: number;
  };
  /** A node as Cytoscape.js takes it. */
  NodeElement: {
    data: Schemas["ClaimNode"] | Schemas["RelationNode"];
  };
  /** What every rule lets its caller choose, over and above its own parameters. */
  Options: {
    /** What claims without a base score count; null: see rule. */
    default_base_score?: number | null;
    /** How linked premises count: by product or by minimum. */
    linked?: "minimum" | "product";
    /** Around here a gradual rule leaves a claim undecided. */
    threshold?: number;
    /** Accepted above threshold + margin, rejected below −. */
    margin?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  ChangeSetPage: {
    items: Schemas["ChangeSetOut"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  ClaimHitPage: {
    items: Schemas["ClaimHitOut"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  ClaimPage: {
    items: Schemas["ClaimOut"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  EntryPage: {
    items: Schemas["EntryOut"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  FormatPage: {
    items: Schemas["FormatOut"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  KeyPage: {
    items: Schemas["KeyOut"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  Page_MadeMove_: {
    items: Schemas["MadeMove"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  MapPage: {
    items: Schemas["MapOut"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  MemberPage: {
    items: Schemas["MemberOut"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  PassagePage: {
    items: Schemas["PassageOut"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  RelationPage: {
    items: Schemas["RelationOut"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  Page_RoundFormat_: {
    items: Schemas["RoundFormat"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  RoundListedPage: {
    items: Schemas["RoundListedOut"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  SchemePage: {
    items: Schemas["SchemeOut"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  SourceHitPage: {
    items: Schemas["SourceHitOut"][];
    next: string | null;
    count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  SourcePage: {
    items: Schemas["SourceOut"][];
    next: string | null;
    count?: number;
  };
  /**
   * An evaluation, or a part of a large one: some claims and what starts from them.
   *
   * A relation is in the part of its first premise, so that the parts have each once.
   * `next` is the cursor of the part after, null in the last; whole ones have none.
   */
  Part: {
    map: string | null;
    revision: number | null;
    rule: string;
    rule_version: string | null;
    rule_digest: string | null;
    parameters: Record<string, unknown>;
    options: Schemas["Options"];
    input_hash: string;
    manifest?: Schemas["Manifest"];
    claims: Record<string, Schemas["ClaimEvaluation"]>;
    relations: Record<string, number | null>;
    converged: boolean;
    stability: "stable" | "unknown" | "unstable";
    iterations: number;
    residual: number;
    error_bound: number | null;
    extensions: number | null;
    truncated: boolean;
    warnings: Schemas["EvaluationWarning"][];
    next?: string | null;
  };
  /**
   * A place in a source, several spans where columns or captions break a sentence.
   *
   * `sha256` is taken over the spans' texts in UTF-8, joined by U+0000. `orphaned`:
   * the source has another text now, in which these words have no place that is certain;
   * the spans are those in an earlier text.
   */
  Passage: {
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    key?: string;
    spans: Schemas["Span"][];
    sha256?: string | null;
    paragraph?: number | null;
    page?: number | null;
    orphaned?: boolean;
    data?: Record<string, unknown>;
    residue?: Record<string, unknown>;
  };
  /** Those members of PassageOut that `fields` names. */
  PassageFields: {
    /** Unique in its map within its kind, and stable for ever. */
    key?: string;
    rev?: number;
    spans?: Schemas["Span"][];
    sha256?: string | null;
    paragraph?: number | null;
    page?: number | null;
    orphaned?: boolean;
    data?: Record<string, unknown>;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  PassageFieldsPage: {
    items: Schemas["PassageFields"][];
    next: string | null;
    count?: number;
  };
  /**
   * A passage to be. `sha256` is that of the spans' texts, joined by U+0000.
   *
   * `exact` says it in words: one text, or one for each span. They have to be those in
   * the source's text; if that has none, they are hashed as they are.
   */
  PassageIn: {
    /** Unique in its map within its kind, and stable for ever. */
    key?: string;
    spans: Schemas["Span"][];
    exact?: string | string[];
    sha256?: string | null;
    paragraph?: number | null;
    page?: number | null;
    data?: Record<string, unknown>;
  };
  /**
   * A passage. `rev` 4 means that its ETag is `"r4"`.
   *
   * `orphaned`: the source has another text now, in which its words have no place that
   * is certain; the spans are those in an earlier text, until others are given.
   */
  PassageOut: {
    /** Unique in its map within its kind, and stable for ever. */
    key: string;
    rev: number;
    spans: Schemas["Span"][];
    sha256: string | null;
    paragraph: number | null;
    page: number | null;
    orphaned: boolean;
    data: Record<string, unknown>;
  };
  /** Members to change; one that is left out keeps its value, null clears. */
  PassagePatch: {
    spans?: Schemas["Span"][];
    exact?: string | string[];
    sha256?: string | null;
    paragraph?: number | null;
    page?: number | null;
    data?: Record<string, unknown>;
  };
  /** Where a passage is: passages' keys are unique in their source. */
  PassagePath: {
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    source: string;
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    passage: string;
  };
  /**
   * How an item rests on a passage: does its author assert it, and whose view is it.
   *
   * An author who reports a view in order to reject it is no support for it.
   */
  PassageReference: {
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    source: string;
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    passage: string;
    stance?: "asserts" | "concedes" | "rejects" | "reports";
    attributed_to?: string | null;
  };
  /** Single changes that turn the verdict; ask flips for larger sets of them. */
  Pivots: {
    flips: Schemas["Flip"][];
    complete: boolean;
  };
  /** Where in a file: a line and column (both from 1) or a JSON Pointer. */
  Place: {
    line?: number | null;
    column?: number | null;
    pointer?: string | null;
  };
  /**
   * The best blocks for the time, in the order in which they matter.
   *
   * `after` is how the claim stands if nothing else of this side is said, `without`
   * if nothing at all is. `exact`: no other choice is better; else none that differs
   * in one block, or swaps two, was found to be.
   */
  Plan: {
    minutes: number;
    words: number;
    seconds: number;
    blocks: Schemas["Block"][];
    left_out: Schemas["Block"][];
    after: Schemas["Standing"];
    without: Schemas["Standing"];
    exact: boolean;
  };
  /** Why a plugin, or something that it offers, is not there. */
  PluginProblem: {
    plugin: string;
    distribution: string | null;
    detail: string;
  };
  /** A premise: what to say, and what the rule makes of it. */
  Premise: {
    claim: string;
    text: string;
    strength: number;
    verdict: "accepted" | "rejected" | "undecided" | null;
  };
  /** A premise and what it is worth. */
  PremiseStrength: {
    claim: string;
    strength: number;
  };
  /**
   * What went wrong (RFC 9457), with the facts of the error as further members.
   *
   * `pointer` is a JSON Pointer into the request's body, or into what a query chooses
   * of a rule, as a body would; `parameter` the name of the query or path parameter
   * that is to blame. `faults` lists everything that is wrong
   * with a map, up to a hundred things; `fault_count` says how many there are.
   */
  Problem: {
    type: string;
    title: string;
    status: number;
    detail: string;
    code: string;
    pointer?: string;
    parameter?: string;
    faults?: Schemas["FaultDocument"][];
    fault_count?: number;
    [fact: string]: unknown;
  };
  /**
   * A critical question, which a relation raises by `asks`.
   *
   * `attack` is what it becomes when it is asked: `rebut` the conclusion,
   * `undercut` the inference, or `undermine` the premise whose role `undermines`
   * names, which is to rebut it, or to undercut the inference where it is left unsaid.
   */
  QuestionOut: {
    key: string;
    text: string;
    attack: "rebut" | "undercut" | "undermine";
    undermines: string | null;
  };
  /**
   * A passage as people read it, and in its source's own characters and language.
   *
   * `quote` is one line: spans are joined by […], broken words mended and marked by ¦;
   * `before` and `after` are what stands round it. `exact` has the characters of
   * each span. All are null where nobody knows, as for an orphaned passage: an earlier
   * revision of the map shows that in its own text.
   */
  Quoted: {
    key: string;
    source: string;
    language: string | null;
    state: "exact" | "moved" | "orphaned" | "unverified";
    spans: Schemas["Span"][];
    quote?: string | null;
    before?: string | null;
    after?: string | null;
    exact?: string[] | null;
  };
  /**
   * How far two rules order the claims alike.
   *
   * `value` is Kendall's tau-b over `n` claims: 1 the same order, -1 the reverse;
   * null where one of the two ties all claims.
   */
  RankCorrelation: {
    a: string;
    b: string;
    value: number | null;
    n: number;
  };
  /** That requests may be sent here. */
  ReadyOut: {
    ready?: true;
  };
  /** Where a claim that is met again unfolds; `cycle`: further up this way. */
  Reference: {
    id: string;
    cycle: boolean;
  };
  /**
   * Premises that support, rebut or undercut a target, jointly if several.
   *
   * `support` targets a claim, or a relation that it backs; `rebut` and `rephrase`
   * a claim; `undercut` a relation. `weight` is how much the relation carries.
   */
  Relation: {
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    key?: string;
    kind: "rebut" | "rephrase" | "support" | "undercut";
    premises: string[];
    target: Schemas["Target"];
    weight?: number;
    scheme?: Schemas["Scheme"] | null;
    asks?: Schemas["Asks"] | null;
    passages?: Schemas["PassageReference"][];
    data?: Record<string, unknown>;
    residue?: Record<string, unknown>;
  };
  /** Those members of RelationOut that `fields` names. */
  RelationFields: {
    /** Unique in its map within its kind, and stable for ever. */
    key?: string;
    rev?: number;
    kind?: "rebut" | "rephrase" | "support" | "undercut";
    premises?: string[];
    target?: Schemas["Target"];
    weight?: number;
    scheme?: Schemas["Scheme"] | null;
    asks?: Schemas["Asks"] | null;
    passages?: Schemas["PassageReference"][];
    data?: Record<string, unknown>;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  RelationFieldsPage: {
    items: Schemas["RelationFields"][];
    next: string | null;
    count?: number;
  };
  /** A relation to be. Without a key it gets one made of its kind and premises. */
  RelationIn: {
    /** Unique in its map within its kind, and stable for ever. */
    key?: string;
    kind: "rebut" | "rephrase" | "support" | "undercut";
    premises: string[];
    target: Schemas["Target"];
    weight?: number;
    scheme?: Schemas["Scheme"] | null;
    asks?: Schemas["Asks"] | null;
    passages?: Schemas["PassageReference"][];
    data?: Record<string, unknown>;
  };
  /** A relation. `strength` is null under rules that give relations none. */
  RelationNode: {
    type: "relation";
    id: string;
    label: string;
    key: string;
    rev: number | null;
    kind: "rebut" | "rephrase" | "support" | "undercut";
    weight: number;
    scheme: string | null;
    strength: number | null;
  };
  /** A relation. `rev` 4 means that its ETag is `"r4"`. */
  RelationOut: {
    /** Unique in its map within its kind, and stable for ever. */
    key: string;
    rev: number;
    kind: "rebut" | "rephrase" | "support" | "undercut";
    premises: string[];
    target: Schemas["Target"];
    weight: number;
    scheme: Schemas["Scheme"] | null;
    asks: Schemas["Asks"] | null;
    passages: Schemas["PassageReference"][];
    data: Record<string, unknown>;
  };
  /** Members to change; one that is left out keeps its value, null clears. */
  RelationPatch: {
    kind?: "rebut" | "rephrase" | "support" | "undercut";
    premises?: string[];
    target?: Schemas["Target"];
    weight?: number;
    scheme?: Schemas["Scheme"] | null;
    asks?: Schemas["Asks"] | null;
    passages?: Schemas["PassageReference"][];
    data?: Record<string, unknown>;
  };
  /**
   * One thing that a reader or writer noticed.
   *
   * `note`: nothing was changed; `repair`: it was put right; `loss`: something is
   * gone. `what` says what was found, `done` what was done about it.
   */
  Remark: {
    severity: "loss" | "note" | "repair";
    code: string;
    place?: Schemas["Place"] | null;
    what: string;
    done: string;
  };
  /** Remove one item; with `cascade` also what could not stand without it. */
  Remove: {
    op: "remove";
    cascade?: boolean;
    if?: string | null;
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    source: string;
    passage?: null;
    claim?: null;
    relation?: null;
  } | {
    op: "remove";
    cascade?: boolean;
    if?: string | null;
    passage: Schemas["PassagePath"];
    source?: null;
    claim?: null;
    relation?: null;
  } | {
    op: "remove";
    cascade?: boolean;
    if?: string | null;
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    claim: string;
    source?: null;
    passage?: null;
    relation?: null;
  } | {
    op: "remove";
    cascade?: boolean;
    if?: string | null;
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    relation: string;
    source?: null;
    passage?: null;
    claim?: null;
  };
  /**
   * Give members of one item new values; members that `set` leaves out keep theirs.
   *
   * `if` is the item's ETag (`r4`) or `*`: nothing happens if it is another.
   */
  Replace: {
    op: "replace";
    set: Record<string, unknown>;
    if?: string | null;
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    map: string;
    source?: null;
    passage?: null;
    claim?: null;
    relation?: null;
  } | {
    op: "replace";
    set: Record<string, unknown>;
    if?: string | null;
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    source: string;
    map?: null;
    passage?: null;
    claim?: null;
    relation?: null;
  } | {
    op: "replace";
    set: Record<string, unknown>;
    if?: string | null;
    passage: Schemas["PassagePath"];
    map?: null;
    source?: null;
    claim?: null;
    relation?: null;
  } | {
    op: "replace";
    set: Record<string, unknown>;
    if?: string | null;
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    claim: string;
    map?: null;
    source?: null;
    passage?: null;
    relation?: null;
  } | {
    op: "replace";
    set: Record<string, unknown>;
    if?: string | null;
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    relation: string;
    map?: null;
    source?: null;
    passage?: null;
    claim?: null;
  };
  /**
   * The event `revision`: a map is at another revision, which is the event's id.
   *
   * `changed` are the items that are new or others than they were, `removed` those
   * that are gone; with `header` the map's title, targets and so on may be others. Of
   * more than a thousand items not all are listed: then `is_whole` is false, and it is
   * best to read the map again. `is_first` says that the map is a new one: whatever
   * there was under its key is gone.
   */
  RevisedOut: {
    revision: number;
    author: string | null;
    at: string;
    message: string;
    is_first: boolean;
    is_whole: boolean;
    header: boolean;
    changed: Schemas["ItemsOut"];
    removed: Schemas["ItemsOut"];
  };
  /** A part that a premise plays in a scheme. */
  RoleOut: {
    key: string;
    text: string;
  };
  /** A format of rounds: its speeches in their order. */
  RoundFormat: {
    name: string;
    title?: string;
    speeches: Schemas["RoundSpeech"][];
  };
  /**
   * A round to be. Without a key it gets one made of its format.
   *
   * With `speeches` it is in a format of one's own, called `format`. Without
   * targets it is about the map's own, without a rule the server's default judges it.
   */
  RoundIn: {
    /** Unique in its map within its kind, and stable for ever. */
    key?: string;
    /** Unique in its map within its kind, and stable for ever. */
    format: string;
    speeches?: Schemas["RoundSpeech"][];
    targets?: string[];
    /** Unique in its map within its kind, and stable for ever. */
    rule?: string;
  };
  /** Those members of RoundListedOut that `fields` names. */
  RoundListedFields: {
    /** Unique in its map within its kind, and stable for ever. */
    key?: string;
    revision?: number;
    format?: string;
    targets?: string[];
    rule?: string;
    move_count?: number;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  RoundListedFieldsPage: {
    items: Schemas["RoundListedFields"][];
    next: string | null;
    count?: number;
  };
  /** A round, and how many moves have been made in it. */
  RoundListedOut: {
    /** Unique in its map within its kind, and stable for ever. */
    key: string;
    revision: number;
    format: string;
    targets: string[];
    rule: string;
    move_count: number;
  };
  /**
   * Something said in a round.
   *
   * It names a `relation` of the map, or has a `text` of its own. `on` is the move
   * that it is about. `claim`, for own texts: introducing, the target that the text
   * speaks for or against (without it, the first); answering, the premise that it
   * rebuts (without it, it undercuts the relation).
   */
  RoundMove: {
    speech: string;
    action: "answer" | "concede" | "extend" | "introduce" | "kick" | "turn";
    relation?: string | null;
    text?: string | null;
    on?: string | null;
    claim?: string | null;
  };
  /** A round. `revision` 4 means that its ETag is `"r4"`; it is not the map's. */
  RoundOut: {
    /** Unique in its map within its kind, and stable for ever. */
    key: string;
    revision: number;
    format: string;
    targets: string[];
    rule: string;
    speeches: Schemas["RoundSpeech"][];
    moves: Schemas["MadeMove"][];
  };
  /**
   * A speech: whose it is, how long it may take, what it is for.
   *
   * In a `rebuttal` nothing new is introduced. One that need not answer what the
   * other side has said before (`answers` false) lets nothing be dropped.
   */
  RoundSpeech: {
    key: string;
    side: "con" | "pro";
    seconds: number;
    kind?: "constructive" | "rebuttal";
    answers?: boolean;
    team?: string | null;
  };
  /** A rule, with its own parameters and the options that every rule has. */
  RuleChoice: {
    rule: string;
    parameters?: Record<string, unknown>;
    options?: Record<string, unknown>;
  };
  /**
   * What changes do under one rule, or the problem that there was.
   *
   * `input_hash` is that of the map as it is.
   */
  RuleEffectsOut: {
    rule: string;
    rule_version?: string | null;
    rule_digest?: string | null;
    parameters?: Record<string, unknown> | null;
    options?: Schemas["Options"] | null;
    input_hash?: string | null;
    targets?: Record<string, Schemas["Effect"]> | null;
    problem?: Schemas["Problem"] | null;
  };
  /**
   * An evaluation rule.
   *
   * `parameters` is the JSON Schema of its own ones. `reads` is what of a map it
   * takes into account. `scale`: strengths with a meaning, labels, or an order.
   * `laws` are promised; `tested_laws` is what the rule's author found out about
   * these and others, null where nothing is on file. `is_isolated`: it runs in a
   * process of its own, and only where it is named.
   */
  RuleOut: {
    name: string;
    title: string;
    description: string;
    version: string | null;
    source: string;
    scale: "gradual" | "label" | "ranking";
    laws: string[];
    tested_laws: Record<string, Schemas["TestedLawOut"]> | null;
    reads: ("base_score" | "linked" | "rebut" | "support" | "undercut" | "weight")[];
    default_base_score: number;
    parameters: Record<string, unknown>;
    digest: string | null;
    plugin: string;
    distribution: string | null;
    is_shipped: boolean;
    is_isolated: boolean;
  };
  /** What came of one rule: an evaluation, or the problem that there was. */
  RuleResult: {
    rule: string;
    evaluation: Schemas["Evaluation"] | null;
    problem: Schemas["Problem"] | null;
  };
  /** What one rule says of a claim; `problem` is why it says nothing. */
  RuleVerdict: {
    rule: string;
    strength?: number | null;
    verdict?: "accepted" | "rejected" | "undecided" | null;
    problem?: string | null;
  };
  /** The rules by name, the laws, and why plugins that should be here are not. */
  RulesOut: {
    items: Schemas["RuleOut"][];
    next: null;
    laws: Schemas["LawOut"][];
    problems: Schemas["PluginProblem"][];
  };
  /** The argument scheme that a relation follows, in whatever vocabulary. */
  Scheme: {
    name: string;
    id?: string | null;
    vocabulary?: string | null;
  };
  /**
   * A pattern of reasoning from premises to a conclusion.
   *
   * `names` are what relations may call it besides its key and its title. Case,
   * spaces and punctuation do not count, nor does “argument from” before a name.
   */
  SchemeOut: {
    key: string;
    title: string;
    names: string[];
    description: string;
    premises: Schemas["RoleOut"][];
    conclusion: string;
    questions: Schemas["QuestionOut"][];
    source: string;
  };
  /** The lines for a claim and those against it, the strongest first. */
  Sides: {
    claim: string;
    pro: Schemas["Line"][];
    con: Schemas["Line"][];
  };
  /** A claim at its place with some members; `parent` is the node above. */
  SomeFlatNode: {
    x?: number;
    y?: number;
    width?: number;
    height?: number;
    id: string;
    claim?: string;
    rev?: number | null;
    text?: string;
    strength?: number | null;
    verdict?: "accepted" | "rejected" | "undecided" | null;
    side?: "con" | "pro" | null;
    via?: Schemas["Via"] | null;
    child_count?: number;
    hidden?: number;
    next?: string | null;
    reference_to?: Schemas["Reference"] | null;
    parent: string | null;
  };
  /** A `FlatTree` whose nodes have some of their members. */
  SomeFlatTree: {
    map: string;
    revision: number | null;
    rule: string | null;
    language: string | null;
    nodes: Schemas["SomeFlatNode"][];
  };
  /** A claim at its place with some members, and with what hangs below. */
  SomeNode: {
    x?: number;
    y?: number;
    width?: number;
    height?: number;
    id: string;
    claim?: string;
    rev?: number | null;
    text?: string;
    strength?: number | null;
    verdict?: "accepted" | "rejected" | "undecided" | null;
    side?: "con" | "pro" | null;
    via?: Schemas["Via"] | null;
    child_count?: number;
    hidden?: number;
    next?: string | null;
    reference_to?: Schemas["Reference"] | null;
    children: Schemas["SomeNode"][];
  };
  /** A `Tree` whose nodes have some of their members. */
  SomeTree: {
    map: string;
    revision: number | null;
    rule: string | null;
    language: string | null;
    root: Schemas["SomeNode"];
  };
  /**
   * A document that claims rest on. The text is there only if its owner put it.
   *
   * `length` is in code points; `sha256` is that of the text in UTF-8;
   * `credibility` is read by rules that weigh sources, null is no opinion.
   */
  Source: {
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    key?: string;
    title: string;
    authors?: Schemas["Author"][];
    publisher?: string | null;
    published_on?: string | null;
    accessed_on?: string | null;
    url?: string | null;
    language?: string | null;
    credibility?: number | null;
    sha256?: string | null;
    length?: number | null;
    text?: string | null;
    passages?: Schemas["Passage"][];
    data?: Record<string, unknown>;
    residue?: Record<string, unknown>;
  };
  /** Those members of SourceOut that `fields` names. */
  SourceFields: {
    /** Unique in its map within its kind, and stable for ever. */
    key?: string;
    rev?: number;
    title?: string;
    authors?: Schemas["Author"][];
    publisher?: string | null;
    published_on?: string | null;
    accessed_on?: string | null;
    url?: string | null;
    language?: string | null;
    credibility?: number | null;
    sha256?: string | null;
    length?: number | null;
    data?: Record<string, unknown>;
  };
  /**
   * One page of a list. `next` is the cursor of the page after, null at the end.
   *
   * `count` says how long the whole list is, if it was asked for.
   */
  SourceFieldsPage: {
    items: Schemas["SourceFields"][];
    next: string | null;
    count?: number;
  };
  /**
   * A source that was found, its map, and where its words are.
   *
   * `excerpt` is null where the words are not in its text, or not in the first 100,000
   * characters.
   */
  SourceHitOut: {
    /** Unique in its map within its kind, and stable for ever. */
    map: string;
    /** Unique in its map within its kind, and stable for ever. */
    key: string;
    rev: number;
    title: string;
    language: string | null;
    authors: Schemas["Author"][];
    publisher: string | null;
    published_on: string | null;
    url: string | null;
    highlights: Schemas["Highlight"][];
    excerpt: Schemas["Excerpt"] | null;
  };
  /**
   * A source to be. Its passages have paths of their own.
   *
   * A text that is sent has to be that of `sha256`, if that is sent too; a PUT without
   * `text` leaves the text as it is.
   */
  SourceIn: {
    /** Unique in its map within its kind, and stable for ever. */
    key?: string;
    title: string;
    authors?: Schemas["Author"][];
    publisher?: string | null;
    published_on?: string | null;
    accessed_on?: string | null;
    url?: string | null;
    language?: string | null;
    credibility?: number | null;
    sha256?: string | null;
    length?: number | null;
    text?: string | null;
    data?: Record<string, unknown>;
  };
  /**
   * A source. `rev` 4 means that its ETag is `"r4"`.
   *
   * Its passages are part of it: a new one, or one changed or removed, counts as well.
   */
  SourceOut: {
    /** Unique in its map within its kind, and stable for ever. */
    key: string;
    rev: number;
    title: string;
    authors: Schemas["Author"][];
    publisher: string | null;
    published_on: string | null;
    accessed_on: string | null;
    url: string | null;
    language: string | null;
    credibility: number | null;
    sha256: string | null;
    length: number | null;
    data: Record<string, unknown>;
  };
  /** Members to change; one that is left out keeps its value, null clears. */
  SourcePatch: {
    title?: string;
    authors?: Schemas["Author"][];
    publisher?: string | null;
    published_on?: string | null;
    accessed_on?: string | null;
    url?: string | null;
    language?: string | null;
    credibility?: number | null;
    sha256?: string | null;
    length?: number | null;
    text?: string | null;
    data?: Record<string, unknown>;
  };
  /** Characters of a source's text: code points, half-open. */
  Span: {
    start: number;
    end: number;
  };
  /** How a claim stands. */
  Standing: {
    strength: number;
    verdict: "accepted" | "rejected" | "undecided" | null;
  };
  /** What a relation is about: exactly one of a claim and a relation. */
  Target: {
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    claim: string;
    relation?: null;
  } | {
    /** A slug, unique in its map within its kind and stable for ever. Within one batch, `$name` names an item that the batch adds. */
    relation: string;
    claim?: null;
  };
  /**
   * How the targets stand when a speech is over; null: the map has the claim no more.
   *
   * A `speech` that is null is the beginning, when nobody has said anything.
   */
  TargetsAfter: {
    speech: string | null;
    targets: Record<string, Schemas["Standing"] | null>;
  };
  /**
   * What came of testing a law on maps drawn at random: a sample proves nothing.
   *
   * `no-counterexample`: none was found in so many `cases`, drawn from `seed`.
   * `broken`: here is the smallest counterexample that was found. `not-applicable`:
   * the law means nothing for such a rule.
   */
  TestedLawOut: {
    promised: boolean;
    result: "broken" | "no-counterexample" | "not-applicable";
    cases: number;
    seed: number;
    counterexample: Schemas["CounterexampleOut"] | null;
  };
  /**
   * A source that has its text, and what became of each of its passages.
   *
   * `rev` is the source's own.
   */
  TextOut: {
    /** Unique in its map within its kind, and stable for ever. */
    key: string;
    rev: number;
    /** sha256, in hex. */
    sha256: string;
    length: number;
    passages: Schemas["AnchorOut"][];
  };
  /**
   * An argument that waits for an answer.
   *
   * `deltas` is what it adds to each target now; `effect` the sum of their sizes.
   */
  ToAnswer: {
    move: string;
    side: "con" | "pro";
    must_answer_in: string;
    effect: number;
    deltas: Record<string, number>;
  };
  /**
   * The tree of a map from one claim, or the part of it below one place.
   *
   * `language` is what the map states of its texts, as it states it.
   */
  Tree: {
    map: string;
    revision: number | null;
    rule: string | null;
    language: string | null;
    root: Schemas["Node"];
  };
  /**
   * What a claim is not defended from.
   *
   * `relation` is the rebuttal that stands, or may, and `claims` its premises; null
   * where no rebuttal is needed, as where nothing that should support the claim stands.
   * `defence` keeps the claim out, in one labelling at least; null where none does.
   */
  Unanswered: {
    relation: string | null;
    claims: string[];
    defence: Schemas["Defence"] | null;
  };
  /** An undercut and what it carries; null under rules that do not say. */
  UndercutStrength: {
    relation: string;
    strength: number | null;
  };
  /** The relation that leads to a node. `group` is shared by linked premises. */
  Via: {
    relation: string;
    rev: number | null;
    kind: "rebut" | "rephrase" | "support" | "undercut";
    target: Schemas["Target"];
    group: string | null;
    weight: number;
    strength: number | null;
  };
  /**
   * Operations to try, which need no `if`, and where to look.
   *
   * Without rules the server's default is asked; without targets those of the map are
   * watched. A claim that the operations add is a target by its new key or its `$name`,
   * and goes by that in the answer.
   */
  WhatIfIn: {
    operations: (Schemas["Add"] | Schemas["Replace"] | Schemas["Remove"] | Schemas["Move"])[];
    rules?: Schemas["RuleChoice"][];
    targets?: string[];
  };
  /** What changes do, a result a rule, in the order of the request. */
  WhatIfOut: {
    map: string;
    revision: number;
    results: Schemas["RuleEffectsOut"][];
  };
}

export interface Operations {
  /** List what was changed with API keys, the newest first. */
  listAudit: {
    method: "GET";
    url: "/api/v1/audit";
    path: Record<never, never>;
    query: { cursor?: string; limit?: number };
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["EntryPage"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** List the file formats, with what each can and cannot hold. */
  listFormats: {
    method: "GET";
    url: "/api/v1/formats";
    path: Record<never, never>;
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["FormatPage"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Make a map of a file, in any format that is installed; all of it, or nothing. */
  importMap: {
    method: "POST";
    url: "/api/v1/imports";
    path: Record<never, never>;
    query: { format?: string; key?: string; visibility?: "private" | "public"; dry_run?: boolean; strict?: boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "Idempotency-Key"?: string; Prefer?: string };
    body: unknown;
    answers: {
      200: Schemas["ImportOut"];
      201: Schemas["ImportOut"];
      202: Schemas["JobOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      409: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Call a job off; it ends within moments, and has changed nothing. */
  cancelJob: {
    method: "DELETE";
    url: "/api/v1/jobs/{job}";
    path: { job: string };
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["JobOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Say how far a job is, and once it has ended, what came of it. */
  readJob: {
    method: "GET";
    url: "/api/v1/jobs/{job}";
    path: { job: string };
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["JobOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** List the API keys, in the order of their names. */
  listKeys: {
    method: "GET";
    url: "/api/v1/keys";
    path: Record<never, never>;
    query: { cursor?: string; limit?: number };
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["KeyPage"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Make an API key. */
  createKey: {
    method: "POST";
    url: "/api/v1/keys";
    path: Record<never, never>;
    query: Record<never, never>;
    header: Record<never, never>;
    body: Schemas["KeyIn"];
    answers: {
      201: Schemas["NewKeyOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      409: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Make an API key worth nothing, at once; its roles on maps go with it. */
  revokeKey: {
    method: "DELETE";
    url: "/api/v1/keys/{key}";
    path: { key: string };
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      204: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Give what there is of an API key, but for its secret. */
  readKey: {
    method: "GET";
    url: "/api/v1/keys/{key}";
    path: { key: string };
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["KeyOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** List the maps, in the order of their keys. */
  listMaps: {
    method: "GET";
    url: "/api/v1/maps";
    path: Record<never, never>;
    query: { cursor?: string; limit?: number; fields?: string; expand?: "count"; q?: string };
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["MapPage"] | Schemas["MapFieldsPage"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Make a map without claims. */
  createMap: {
    method: "POST";
    url: "/api/v1/maps";
    path: Record<never, never>;
    query: Record<never, never>;
    header: { "Idempotency-Key"?: string };
    body: Schemas["MapIn"];
    answers: {
      201: Schemas["MapOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      409: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Delete a map with everything in it, its history too. */
  deleteMap: {
    method: "DELETE";
    url: "/api/v1/maps/{map}";
    path: { map: string };
    query: Record<never, never>;
    header: { "If-Match"?: string };
    body: undefined;
    answers: {
      204: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Give a map's header. */
  readMap: {
    method: "GET";
    url: "/api/v1/maps/{map}";
    path: { map: string };
    query: { at?: number; fields?: string };
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["MapOut"] | Schemas["MapFields"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Change some members of a map's header. */
  patchMap: {
    method: "PATCH";
    url: "/api/v1/maps/{map}";
    path: { map: string };
    query: Record<never, never>;
    header: { "If-Match"?: string };
    body: Schemas["MapPatch"];
    answers: {
      200: Schemas["MapOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      412: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Create a map, or replace its header; what is in the map stays. */
  putMap: {
    method: "PUT";
    url: "/api/v1/maps/{map}";
    path: { map: string };
    query: Record<never, never>;
    header: { "If-Match"?: string; "If-None-Match"?: string };
    body: Schemas["MapIn"];
    answers: {
      200: Schemas["MapOut"];
      201: Schemas["MapOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      412: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** List what was done to a map, oldest first. */
  listChanges: {
    method: "GET";
    url: "/api/v1/maps/{map}/changes";
    path: { map: string };
    query: { cursor?: string; limit?: number; fields?: string; expand?: "count" };
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["ChangeSetPage"] | Schemas["ChangeSetFieldsPage"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Apply several operations as one change set, all of them or none. */
  changeMap: {
    method: "POST";
    url: "/api/v1/maps/{map}/changes";
    path: { map: string };
    query: Record<never, never>;
    header: { "Idempotency-Key"?: string; Prefer?: string };
    body: Schemas["ChangesIn"];
    answers: {
      200: Schemas["ChangesOut"];
      202: Schemas["JobOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      409: Schemas["Problem"];
      412: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Make a revision that undoes another one, with keys and order. */
  revertChange: {
    method: "POST";
    url: "/api/v1/maps/{map}/changes/{revision}/revert";
    path: { map: string; revision: number };
    query: Record<never, never>;
    header: { "Idempotency-Key"?: string; Prefer?: string };
    body: undefined;
    answers: {
      200: Schemas["ChangesOut"];
      202: Schemas["JobOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      409: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** List the claims of a map, in its order or by strength. */
  listClaims: {
    method: "GET";
    url: "/api/v1/maps/{map}/claims";
    path: { map: string };
    query: { q?: string; kind?: "claim" | "fact" | "policy" | "position" | "prediction" | "value"; tag?: string; speaker?: string; source?: string; rule?: string; sort?: "-strength" | "map" | "strength"; cursor?: string; limit?: number; at?: number; fields?: string; expand?: "count"; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["ClaimPage"] | Schemas["ClaimFieldsPage"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Add a claim at the end of the map. */
  addClaim: {
    method: "POST";
    url: "/api/v1/maps/{map}/claims";
    path: { map: string };
    query: Record<never, never>;
    header: { "Idempotency-Key"?: string };
    body: Schemas["ClaimIn"];
    answers: {
      201: Schemas["ClaimOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      409: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Remove a claim; where relations use it, only with `cascade`. */
  removeClaim: {
    method: "DELETE";
    url: "/api/v1/maps/{map}/claims/{claim}";
    path: { map: string; claim: string };
    query: { cascade?: boolean };
    header: { "If-Match"?: string };
    body: undefined;
    answers: {
      204: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      409: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Give one claim. */
  readClaim: {
    method: "GET";
    url: "/api/v1/maps/{map}/claims/{claim}";
    path: { map: string; claim: string };
    query: { at?: number; fields?: string };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["ClaimOut"] | Schemas["ClaimFields"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Change some members of a claim. */
  patchClaim: {
    method: "PATCH";
    url: "/api/v1/maps/{map}/claims/{claim}";
    path: { map: string; claim: string };
    query: Record<never, never>;
    header: { "If-Match"?: string };
    body: Schemas["ClaimPatch"];
    answers: {
      200: Schemas["ClaimOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      412: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Create a claim, or replace it; members left out get their defaults. */
  putClaim: {
    method: "PUT";
    url: "/api/v1/maps/{map}/claims/{claim}";
    path: { map: string; claim: string };
    query: Record<never, never>;
    header: { "If-Match"?: string; "If-None-Match"?: string };
    body: Schemas["ClaimIn"];
    answers: {
      200: Schemas["ClaimOut"];
      201: Schemas["ClaimOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      412: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Prepare one side: its case, what to expect, gaps, pivots, a plan. */
  readBrief: {
    method: "GET";
    url: "/api/v1/maps/{map}/claims/{claim}/brief";
    path: { map: string; claim: string };
    query: { side: "con" | "pro"; rule?: string; minutes?: number; words_per_minute?: number; rules?: string; known?: string; known_tag?: string; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["Brief"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give the same as Markdown, to be read or printed. */
  readBriefAsMarkdown: {
    method: "GET";
    url: "/api/v1/maps/{map}/claims/{claim}/brief.md";
    path: { map: string; claim: string };
    query: { side: "con" | "pro"; rule?: string; minutes?: number; words_per_minute?: number; rules?: string; known?: string; known_tag?: string; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Name the claims that help one side's case and hurt the other's. */
  findCrux: {
    method: "GET";
    url: "/api/v1/maps/{map}/claims/{claim}/crux";
    path: { map: string; claim: string };
    query: { rule?: string; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["Cruxes"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Say what claims, relations and sources contribute to a claim's strength. */
  explainClaim: {
    method: "GET";
    url: "/api/v1/maps/{map}/claims/{claim}/explanation";
    path: { map: string; claim: string };
    query: { rule?: string; method?: "gradient" | "intrinsic-removal" | "removal" | "shapley"; seed?: number; permutations?: number; at?: number; expand?: "manifest"; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["Explanation"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Join a claim into another that says the same, and keep what is about it. */
  mergeClaim: {
    method: "POST";
    url: "/api/v1/maps/{map}/claims/{claim}/merge";
    path: { map: string; claim: string };
    query: Record<never, never>;
    header: { "If-Match"?: string; "Idempotency-Key"?: string };
    body: Schemas["MergeIn"];
    answers: {
      200: Schemas["MergeOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      409: Schemas["Problem"];
      412: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Unfold a map as a tree from one claim. */
  readTree: {
    method: "GET";
    url: "/api/v1/maps/{map}/claims/{claim}/tree";
    path: { map: string; claim: string };
    query: { rule?: string; depth?: string; children?: number; nodes?: number; focus?: string; under?: string; cursor?: string; order?: "contribution" | "map"; layout?: boolean; fields?: string; flat?: boolean; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["Tree"] | Schemas["FlatTree"] | Schemas["SomeTree"] | Schemas["SomeFlatTree"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Draw a tree as a graph for Graphviz. */
  drawTreeDot: {
    method: "GET";
    url: "/api/v1/maps/{map}/claims/{claim}/tree.dot";
    path: { map: string; claim: string };
    query: { rule?: string; depth?: string; children?: number; nodes?: number; focus?: string; under?: string; order?: "contribution" | "map"; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Unfold a map as a tree from one claim. */
  readTreeJson: {
    method: "GET";
    url: "/api/v1/maps/{map}/claims/{claim}/tree.json";
    path: { map: string; claim: string };
    query: { rule?: string; depth?: string; children?: number; nodes?: number; focus?: string; under?: string; cursor?: string; order?: "contribution" | "map"; layout?: boolean; fields?: string; flat?: boolean; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["Tree"] | Schemas["FlatTree"] | Schemas["SomeTree"] | Schemas["SomeFlatTree"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Draw a tree as an outline in Markdown. */
  drawTreeMd: {
    method: "GET";
    url: "/api/v1/maps/{map}/claims/{claim}/tree.md";
    path: { map: string; claim: string };
    query: { rule?: string; depth?: string; children?: number; nodes?: number; focus?: string; under?: string; order?: "contribution" | "map"; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Draw a tree as a flowchart for Mermaid. */
  drawTreeMmd: {
    method: "GET";
    url: "/api/v1/maps/{map}/claims/{claim}/tree.mmd";
    path: { map: string; claim: string };
    query: { rule?: string; depth?: string; children?: number; nodes?: number; focus?: string; under?: string; order?: "contribution" | "map"; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Draw a tree as a PNG; the server needs the extra `png` for it. */
  drawTreePng: {
    method: "GET";
    url: "/api/v1/maps/{map}/claims/{claim}/tree.png";
    path: { map: string; claim: string };
    query: { rule?: string; depth?: string; children?: number; nodes?: number; focus?: string; under?: string; order?: "contribution" | "map"; theme?: "dark" | "light"; scale?: number; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: unknown;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      501: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Draw a tree as an SVG. */
  drawTreeSvg: {
    method: "GET";
    url: "/api/v1/maps/{map}/claims/{claim}/tree.svg";
    path: { map: string; claim: string };
    query: { rule?: string; depth?: string; children?: number; nodes?: number; focus?: string; under?: string; order?: "contribution" | "map"; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Draw a tree as lines of text. */
  drawTreeTxt: {
    method: "GET";
    url: "/api/v1/maps/{map}/claims/{claim}/tree.txt";
    path: { map: string; claim: string };
    query: { rule?: string; depth?: string; children?: number; nodes?: number; focus?: string; under?: string; order?: "contribution" | "map"; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Say what each verdict would be without each source, speaker or tag. */
  findDependence: {
    method: "GET";
    url: "/api/v1/maps/{map}/dependence";
    path: { map: string };
    query: { by?: "source" | "speaker" | "tag"; rule?: string; target?: string; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["Dependence"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Say what changed from one revision to another, and which operation did what. */
  compareRevisions: {
    method: "GET";
    url: "/api/v1/maps/{map}/diff";
    path: { map: string };
    query: { from?: number; to?: number; rule?: string; expand?: "manifest"; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["Diff"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Run one rule on a map. */
  evaluateMap: {
    method: "GET";
    url: "/api/v1/maps/{map}/evaluations";
    path: { map: string };
    query: { rule?: string; cursor?: string; limit?: number; at?: number; expand?: "manifest"; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["Part"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Run several rules on a map, side by side, and say where they part. */
  compareRules: {
    method: "POST";
    url: "/api/v1/maps/{map}/evaluations";
    path: { map: string };
    query: { at?: number; expand?: "manifest" };
    header: { Prefer?: string };
    body: Schemas["EvaluationsIn"];
    answers: {
      200: Schemas["EvaluationsOut"];
      202: Schemas["JobOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Run one rule on a map, and give all claims as a table. */
  evaluateMapAsTable: {
    method: "GET";
    url: "/api/v1/maps/{map}/evaluations.csv";
    path: { map: string };
    query: { rule?: string; at?: number; expand?: "text"; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Tell of each new revision of a map, once and in order, as server-sent events. */
  listenToMap: {
    method: "GET";
    url: "/api/v1/maps/{map}/events";
    path: { map: string };
    query: { since?: number };
    header: { "Last-Event-ID"?: string };
    body: undefined;
    answers: {
      200: {
        event: "revision";
        id?: string;
        data: string;
      } | {
        event: "deleted";
        id?: string;
        data: string;
      };
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Give a whole map as ICCMA p af. */
  exportMapAf: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.af";
    path: { map: string };
    query: { at?: number; strict?: boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as AIF JSON. */
  exportMapAif: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.aif";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: unknown;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as APX (ASPARTIX). */
  exportMapApx: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.apx";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as Argdown. */
  exportMapArgdown: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.argdown";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as arguebuf JSON. */
  exportMapArguebuf: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.arguebuf";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: unknown;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as BAG (Uncertainpy). */
  exportMapBag: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.bag";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as CSV. */
  exportMapCsv: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.csv";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as Cytoscape JSON. */
  exportMapCytoscape: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.cytoscape";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: unknown;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as d3 nested JSON. */
  exportMapD3: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.d3";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: unknown;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as DOT (Graphviz). */
  exportMapDot: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.dot";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as GraphML. */
  exportMapGraphml: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.graphml";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as argmap/1 JSON. */
  exportMap: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.json";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["File"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as Kialo text. */
  exportMapKialo: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.kialo";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as Markdown outline. */
  exportMapMarkdown: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.markdown";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as Mermaid. */
  exportMapMermaid: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.mermaid";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as QBAF JSON. */
  exportMapQbaf: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.qbaf";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: unknown;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as SADFace JSON. */
  exportMapSadface: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.sadface";
    path: { map: string };
    query: { at?: number; strict?: boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: unknown;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as TGF. */
  exportMapTgf: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.tgf";
    path: { map: string };
    query: { at?: number; strict?: boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a whole map as xAIF. */
  exportMapXaif: {
    method: "GET";
    url: "/api/v1/maps/{map}/export.xaif";
    path: { map: string };
    query: { at?: number; strict?: boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: unknown;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Say what would be lost of a map in a format, any that is installed. */
  tryExport: {
    method: "GET";
    url: "/api/v1/maps/{map}/exports/{format}";
    path: { map: string; format: string };
    query: { at?: number; [name: `option.${string}`]: string | number | boolean };
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["ExportOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Find the smallest sets of changes that turn the verdict on a claim. */
  findFlips: {
    method: "POST";
    url: "/api/v1/maps/{map}/flips";
    path: { map: string };
    query: { at?: number };
    header: { Prefer?: string };
    body: Schemas["FlipsIn"];
    answers: {
      200: Schemas["Flips"];
      202: Schemas["JobOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Make a map of one's own with all that is in another. */
  forkMap: {
    method: "POST";
    url: "/api/v1/maps/{map}/fork";
    path: { map: string };
    query: Record<never, never>;
    header: { "Idempotency-Key"?: string; Prefer?: string };
    body: Schemas["ForkIn"];
    answers: {
      201: Schemas["MapOut"];
      202: Schemas["JobOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      409: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Say what a map lacks, and the call that closes each gap. */
  listGaps: {
    method: "GET";
    url: "/api/v1/maps/{map}/gaps";
    path: { map: string };
    query: { rule?: string; cursor?: string; limit?: number; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["Gaps"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a map as nodes and edges, as Cytoscape.js takes them. */
  getGraph: {
    method: "GET";
    url: "/api/v1/maps/{map}/graph";
    path: { map: string };
    query: { rule?: string; at?: number; expand?: "manifest"; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["Graph"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give a map as nodes and edges, as GraphML. */
  getGraphAsGraphml: {
    method: "GET";
    url: "/api/v1/maps/{map}/graph.graphml";
    path: { map: string };
    query: { rule?: string; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give each side's strongest chains from evidence, with their weakest link. */
  listLines: {
    method: "GET";
    url: "/api/v1/maps/{map}/lines";
    path: { map: string };
    query: { rule?: string; target?: string; most?: number; at?: number; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["Lines"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** List who has a role on a map, in the order of their keys. */
  listMembers: {
    method: "GET";
    url: "/api/v1/maps/{map}/members";
    path: { map: string };
    query: { cursor?: string; limit?: number };
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["MemberPage"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Take a key's role on a map away; it reads the map if that is public. */
  removeMember: {
    method: "DELETE";
    url: "/api/v1/maps/{map}/members/{key}";
    path: { map: string; key: string };
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      204: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      409: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Give the role that a key has on a map. */
  readMember: {
    method: "GET";
    url: "/api/v1/maps/{map}/members/{key}";
    path: { map: string; key: string };
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["MemberOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Give a key a role on a map, in place of the one that it has. */
  putMember: {
    method: "PUT";
    url: "/api/v1/maps/{map}/members/{key}";
    path: { map: string; key: string };
    query: Record<never, never>;
    header: Record<never, never>;
    body: Schemas["MemberIn"];
    answers: {
      200: Schemas["MemberOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      409: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** List the relations of a map, in its order. */
  listRelations: {
    method: "GET";
    url: "/api/v1/maps/{map}/relations";
    path: { map: string };
    query: { cursor?: string; limit?: number; at?: number; fields?: string; expand?: "count" };
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["RelationPage"] | Schemas["RelationFieldsPage"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Add a relation at the end of the map. */
  addRelation: {
    method: "POST";
    url: "/api/v1/maps/{map}/relations";
    path: { map: string };
    query: Record<never, never>;
    header: { "Idempotency-Key"?: string };
    body: Schemas["RelationIn"];
    answers: {
      201: Schemas["RelationOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      409: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Remove a relation; where relations target it, only with `cascade`. */
  removeRelation: {
    method: "DELETE";
    url: "/api/v1/maps/{map}/relations/{relation}";
    path: { map: string; relation: string };
    query: { cascade?: boolean };
    header: { "If-Match"?: string };
    body: undefined;
    answers: {
      204: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      409: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Give one relation. */
  readRelation: {
    method: "GET";
    url: "/api/v1/maps/{map}/relations/{relation}";
    path: { map: string; relation: string };
    query: { at?: number; fields?: string };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["RelationOut"] | Schemas["RelationFields"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Change some members of a relation. */
  patchRelation: {
    method: "PATCH";
    url: "/api/v1/maps/{map}/relations/{relation}";
    path: { map: string; relation: string };
    query: Record<never, never>;
    header: { "If-Match"?: string };
    body: Schemas["RelationPatch"];
    answers: {
      200: Schemas["RelationOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      412: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Create a relation, or replace it; members left out get their defaults. */
  putRelation: {
    method: "PUT";
    url: "/api/v1/maps/{map}/relations/{relation}";
    path: { map: string; relation: string };
    query: Record<never, never>;
    header: { "If-Match"?: string; "If-None-Match"?: string };
    body: Schemas["RelationIn"];
    answers: {
      200: Schemas["RelationOut"];
      201: Schemas["RelationOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      412: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** List the rounds of a map, in the order of their keys. */
  listRounds: {
    method: "GET";
    url: "/api/v1/maps/{map}/rounds";
    path: { map: string };
    query: { cursor?: string; limit?: number; fields?: string; expand?: "count" };
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["RoundListedPage"] | Schemas["RoundListedFieldsPage"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Begin a round about claims of a map. */
  beginRound: {
    method: "POST";
    url: "/api/v1/maps/{map}/rounds";
    path: { map: string };
    query: Record<never, never>;
    header: { "Idempotency-Key"?: string };
    body: Schemas["RoundIn"];
    answers: {
      201: Schemas["RoundOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      409: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Delete a round. What was adopted into the map stays there. */
  deleteRound: {
    method: "DELETE";
    url: "/api/v1/maps/{map}/rounds/{round}";
    path: { map: string; round: string };
    query: Record<never, never>;
    header: { "If-Match"?: string };
    body: undefined;
    answers: {
      204: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Give a round with all its moves. */
  readRound: {
    method: "GET";
    url: "/api/v1/maps/{map}/rounds/{round}";
    path: { map: string; round: string };
    query: Record<never, never>;
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["RoundOut"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Say what became of every argument, and what to answer next. */
  readFlow: {
    method: "GET";
    url: "/api/v1/maps/{map}/rounds/{round}/flow";
    path: { map: string; round: string };
    query: { after?: string; rule?: string; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["Flow"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Say what became of every argument, and what to answer next. */
  readFlowJson: {
    method: "GET";
    url: "/api/v1/maps/{map}/rounds/{round}/flow.json";
    path: { map: string; round: string };
    query: { after?: string; rule?: string; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["Flow"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Give the same as Markdown, to be read or printed. */
  readFlowAsMarkdown: {
    method: "GET";
    url: "/api/v1/maps/{map}/rounds/{round}/flow.md";
    path: { map: string; round: string };
    query: { after?: string; rule?: string; [name: `param.${string}`]: string | number | boolean; [name: `option.${string}`]: string | number | boolean };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      502: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
    };
  };
  /** Take the last move back. What was adopted into the map stays there. */
  takeMoveBack: {
    method: "DELETE";
    url: "/api/v1/maps/{map}/rounds/{round}/moves";
    path: { map: string; round: string };
    query: Record<never, never>;
    header: { "If-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["RoundOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** List the moves of a round, the last one last. */
  listMoves: {
    method: "GET";
    url: "/api/v1/maps/{map}/rounds/{round}/moves";
    path: { map: string; round: string };
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["Page_MadeMove_"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Make a move: introduce, extend, answer, turn, concede or kick an argument. */
  makeMove: {
    method: "POST";
    url: "/api/v1/maps/{map}/rounds/{round}/moves";
    path: { map: string; round: string };
    query: Record<never, never>;
    header: { "Idempotency-Key"?: string };
    body: Schemas["RoundMove"];
    answers: {
      201: Schemas["MadeMove"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      409: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Give one move. */
  readMove: {
    method: "GET";
    url: "/api/v1/maps/{map}/rounds/{round}/moves/{move}";
    path: { map: string; round: string; move: string };
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["MadeMove"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Put a move's own text into the map: a claim, and a relation that it names. */
  adoptMove: {
    method: "POST";
    url: "/api/v1/maps/{map}/rounds/{round}/moves/{move}/adopt";
    path: { map: string; round: string; move: string };
    query: Record<never, never>;
    header: { "Idempotency-Key"?: string };
    body: undefined;
    answers: {
      200: Schemas["MadeMove"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      409: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** List the sources of a map, in its order. */
  listSources: {
    method: "GET";
    url: "/api/v1/maps/{map}/sources";
    path: { map: string };
    query: { cursor?: string; limit?: number; at?: number; fields?: string; expand?: "count" };
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["SourcePage"] | Schemas["SourceFieldsPage"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Add a source at the end of the map. */
  addSource: {
    method: "POST";
    url: "/api/v1/maps/{map}/sources";
    path: { map: string };
    query: Record<never, never>;
    header: { "Idempotency-Key"?: string };
    body: Schemas["SourceIn"];
    answers: {
      201: Schemas["SourceOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      409: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Remove a source; where its passages are used, only with `cascade`. */
  removeSource: {
    method: "DELETE";
    url: "/api/v1/maps/{map}/sources/{source}";
    path: { map: string; source: string };
    query: { cascade?: boolean };
    header: { "If-Match"?: string };
    body: undefined;
    answers: {
      204: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      409: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Give one source. */
  readSource: {
    method: "GET";
    url: "/api/v1/maps/{map}/sources/{source}";
    path: { map: string; source: string };
    query: { at?: number; fields?: string };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["SourceOut"] | Schemas["SourceFields"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Change some members of a source. */
  patchSource: {
    method: "PATCH";
    url: "/api/v1/maps/{map}/sources/{source}";
    path: { map: string; source: string };
    query: Record<never, never>;
    header: { "If-Match"?: string };
    body: Schemas["SourcePatch"];
    answers: {
      200: Schemas["SourceOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      412: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Create a source, or replace it; members left out get their defaults. */
  putSource: {
    method: "PUT";
    url: "/api/v1/maps/{map}/sources/{source}";
    path: { map: string; source: string };
    query: Record<never, never>;
    header: { "If-Match"?: string; "If-None-Match"?: string };
    body: Schemas["SourceIn"];
    answers: {
      200: Schemas["SourceOut"];
      201: Schemas["SourceOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      412: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** List the passages of a source, in its order. */
  listPassages: {
    method: "GET";
    url: "/api/v1/maps/{map}/sources/{source}/passages";
    path: { map: string; source: string };
    query: { cursor?: string; limit?: number; at?: number; fields?: string; expand?: "count" };
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["PassagePage"] | Schemas["PassageFieldsPage"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Add a passage at the end of its source. */
  addPassage: {
    method: "POST";
    url: "/api/v1/maps/{map}/sources/{source}/passages";
    path: { map: string; source: string };
    query: Record<never, never>;
    header: { "Idempotency-Key"?: string };
    body: Schemas["PassageIn"];
    answers: {
      201: Schemas["PassageOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      409: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Remove a passage; where something rests on it, only with `cascade`. */
  removePassage: {
    method: "DELETE";
    url: "/api/v1/maps/{map}/sources/{source}/passages/{passage}";
    path: { map: string; source: string; passage: string };
    query: { cascade?: boolean };
    header: { "If-Match"?: string };
    body: undefined;
    answers: {
      204: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      409: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Give one passage. */
  readPassage: {
    method: "GET";
    url: "/api/v1/maps/{map}/sources/{source}/passages/{passage}";
    path: { map: string; source: string; passage: string };
    query: { at?: number; fields?: string };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["PassageOut"] | Schemas["PassageFields"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Change some members of a passage. */
  patchPassage: {
    method: "PATCH";
    url: "/api/v1/maps/{map}/sources/{source}/passages/{passage}";
    path: { map: string; source: string; passage: string };
    query: Record<never, never>;
    header: { "If-Match"?: string };
    body: Schemas["PassagePatch"];
    answers: {
      200: Schemas["PassageOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      412: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Create a passage, or replace it; members left out get their defaults. */
  putPassage: {
    method: "PUT";
    url: "/api/v1/maps/{map}/sources/{source}/passages/{passage}";
    path: { map: string; source: string; passage: string };
    query: Record<never, never>;
    header: { "If-Match"?: string; "If-None-Match"?: string };
    body: Schemas["PassageIn"];
    answers: {
      200: Schemas["PassageOut"];
      201: Schemas["PassageOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      412: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Quote a passage in its context, and say whether it is where it should be. */
  quotePassage: {
    method: "GET";
    url: "/api/v1/maps/{map}/sources/{source}/passages/{passage}/quote";
    path: { map: string; source: string; passage: string };
    query: { before?: number; after?: number; at?: number };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Schemas["Quoted"];
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Take its text from a source; its hash, length and passages stay. */
  removeText: {
    method: "DELETE";
    url: "/api/v1/maps/{map}/sources/{source}/text";
    path: { map: string; source: string };
    query: Record<never, never>;
    header: { "If-Match"?: string };
    body: undefined;
    answers: {
      204: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      412: Schemas["Problem"];
      421: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Give the text of a source, if it has one. */
  readText: {
    method: "GET";
    url: "/api/v1/maps/{map}/sources/{source}/text";
    path: { map: string; source: string };
    query: { at?: number };
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: string;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Give a source its text, or a new edition of it. */
  putText: {
    method: "PUT";
    url: "/api/v1/maps/{map}/sources/{source}/text";
    path: { map: string; source: string };
    query: { edition?: "new" };
    header: { "If-Match"?: string };
    body: unknown;
    answers: {
      200: Schemas["TextOut"];
      201: Schemas["TextOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      412: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      428: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** Say what operations would do to claims under several rules. */
  tryChanges: {
    method: "POST";
    url: "/api/v1/maps/{map}/what-if";
    path: { map: string };
    query: { at?: number };
    header: { Prefer?: string };
    body: Schemas["WhatIfIn"];
    answers: {
      200: Schemas["WhatIfOut"];
      202: Schemas["JobOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      403: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      408: Schemas["Problem"];
      409: Schemas["Problem"];
      413: Schemas["Problem"];
      415: Schemas["Problem"];
      421: Schemas["Problem"];
      422: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
      504: Schemas["Problem"];
      507: Schemas["Problem"];
    };
  };
  /** List the formats, with their speeches in order. */
  listRoundFormats: {
    method: "GET";
    url: "/api/v1/round-formats";
    path: Record<never, never>;
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["Page_RoundFormat_"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** List the rules, and what is wrong with plugins that could not be loaded. */
  listRules: {
    method: "GET";
    url: "/api/v1/rules";
    path: Record<never, never>;
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["RulesOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Say what a rule computes, its parameters and the laws it promises. */
  readRule: {
    method: "GET";
    url: "/api/v1/rules/{rule}";
    path: { rule: string };
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["RuleOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** List the argument schemes, with the critical questions that test them. */
  listSchemes: {
    method: "GET";
    url: "/api/v1/schemes";
    path: Record<never, never>;
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["SchemePage"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Give an argument scheme by its key, or by any name that a relation has. */
  readScheme: {
    method: "GET";
    url: "/api/v1/schemes/{scheme}";
    path: { scheme: string };
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["SchemeOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Find claims by what they say in any of their wordings, the best first. */
  searchClaims: {
    method: "GET";
    url: "/api/v1/search";
    path: Record<never, never>;
    query: { q: string; map?: string; kind?: "claim" | "fact" | "policy" | "position" | "prediction" | "value"; tag?: string; speaker?: string; source?: string; cursor?: string; limit?: number };
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["ClaimHitPage"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Find sources by title, authors, publisher and text, the best first. */
  searchSources: {
    method: "GET";
    url: "/api/v1/search/sources";
    path: Record<never, never>;
    query: { q: string; map?: string; cursor?: string; limit?: number };
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["SourceHitPage"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Say that the server works, and its version. */
  readHealth: {
    method: "GET";
    url: "/health";
    path: Record<never, never>;
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["HealthOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Give what there is to graph, in the text format of Prometheus. */
  readMetrics: {
    method: "GET";
    url: "/metrics";
    path: Record<never, never>;
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: string;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      404: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Give this document. */
  readOpenapi: {
    method: "GET";
    url: "/openapi.json";
    path: Record<never, never>;
    query: Record<never, never>;
    header: { "If-None-Match"?: string };
    body: undefined;
    answers: {
      200: Record<string, unknown>;
      304: undefined;
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
  /** Say that requests may be sent here. */
  readReadiness: {
    method: "GET";
    url: "/ready";
    path: Record<never, never>;
    query: Record<never, never>;
    header: Record<never, never>;
    body: undefined;
    answers: {
      200: Schemas["ReadyOut"];
      400: Schemas["Problem"];
      401: Schemas["Problem"];
      406: Schemas["Problem"];
      421: Schemas["Problem"];
      429: Schemas["Problem"];
      503: Schemas["Problem"];
    };
  };
}
