"""The company's texts for request subtypes, shown where an agent decides what to do (A1)."""

from __future__ import annotations

from heliodesk.cases.defaults.sops_after_install import AFTER_INSTALL
from heliodesk.cases.defaults.sops_agreement import AGREEMENT
from heliodesk.cases.defaults.sops_partner import PARTNER

SOPS = (*AFTER_INSTALL, *AGREEMENT, *PARTNER)
