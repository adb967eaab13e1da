"""How far two orders of the same things agree."""

import math
from collections.abc import Sequence

from numpy.typing import ArrayLike
from scipy.stats import kendalltau
