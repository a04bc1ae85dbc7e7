"""The desk's people in the demo company, all invented. Everybody's password is `demo`."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "demo"  # noqa: S105  the demo says so on its sign-in page

HOMEOWNER = "homeowner"
INSTALLER = "installer"


@dataclass(frozen=True)
class Staff:
    """Somebody who signs in. `queues` are case types, `left_days_ago` of who has left."""

    username: str
    name: str
    role: str = ""
    queues: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    left_days_ago: int = 0

    @property
    def email(self) -> str:
        """An address that nobody has."""
        return f"{self.username}@desk.example"

    @property
    def first(self) -> str:
        """The first name."""
        return self.name.split()[0]


BOTH = (HOMEOWNER, INSTALLER)

STAFF = (
    Staff("nora", "Nora Whitlock", "frontline"),
    Staff("teo", "Teo Marchetti", "frontline"),
    Staff("dalia", "Dalia Farouk", "frontline"),
    Staff("quentin", "Quentin Abara", "frontline"),
    Staff("hanh", "Hạnh Nguyễn", "frontline"),
    Staff("perry", "Perry Lindgren", "frontline", left_days_ago=140),
    Staff("imani", "Imani Castell", "back_office", (HOMEOWNER,)),
    Staff("lucia", "Lucía Peñaranda", "back_office", (HOMEOWNER,)),
    Staff("oskar", "Oskar Lindqvern", "back_office", (HOMEOWNER,)),
    Staff("soren", "Søren Valcourt", "back_office", BOTH),
    Staff("mei", "Mei-Lin Oyelaran", "back_office", BOTH),
    Staff("rafa", "Rafael Iturbe", "back_office", (INSTALLER,)),
    Staff("tamsin", "Tamsin Grewal", "back_office", (INSTALLER,)),
    Staff("ruth", "Ruth Adeyinka", "supervisor"),
    Staff("gil", "Gil Santorel", "supervisor"),
    Staff("hollis", "Hollis Varga", "administrator"),
    Staff("camille", "Camille Duarte", departments=("Sales",)),
    Staff("wes", "Wes Harlan-Pike", departments=("Sales",)),
    Staff("anders", "Anders Kolstad", departments=("Sales",)),
    Staff("jolene", "Jolene Tsosie", departments=("Sales",)),
    Staff("priya", "Priya Venkatarao", departments=("DP",)),
    Staff("emeka", "Emeka Strandberg", departments=("DP",)),
    Staff("saoirse", "Saoirse Vellacott", departments=("DP",)),
    Staff("marcus", "Marcus Odhiambo", departments=("Resolution Specialist",)),
    Staff("yael", "Yael Brightwater", departments=("Resolution Specialist",)),
    Staff("ilse", "Ilse Brandvold", departments=("Compliance",)),
    Staff("farah", "Farah Quillon", departments=("Compliance",)),
    Staff("kenji", "Kenji Aramaki", departments=("C&T", "Risk")),
    Staff("lorcan", "Lorcan Baptisté", departments=("C&T",)),
    Staff("zora", "Zora Pettibone", departments=("Risk",)),
    Staff("dmitri", "Dmitri Halloran", departments=("Revenue Protection",)),
    Staff("yusra", "Yusra Halvorsen", departments=("Revenue Protection",)),
    Staff("noel", "Noel Tupou", departments=("Operations and Maintenance",)),
    Staff("wren", "Wren Castellanos", departments=("Operations and Maintenance",)),
    Staff("ximena", "Ximena Drach", departments=("Operations and Maintenance",)),
    Staff("beatriz", "Beatriz O'Shea-Lima", departments=("Legal",)),
    Staff("augustin", "Augustin Mbeki-Lowe", departments=("Legal",)),
)

ACCOUNT_MANAGERS = ("camille", "anders", "jolene")
SALES_MANAGERS = ("wes", "jolene")
ESCALATION_CONTACT = "ruth"
# Whom a follow-up tags: (department, topic, username), in this order (F1).
FOLLOW_UP_CONTACTS = (
    ("DP", "", "priya"),
    ("Resolution Specialist", "", "marcus"),
    ("Compliance", "", "ilse"),
    ("C&T", "", "kenji"),
    ("Sales", "", "wes"),
    ("Sales", "", "camille"),
    ("Risk", "", "zora"),
    ("Revenue Protection", "", "dmitri"),
    ("Operations and Maintenance", "Omnidian", "noel"),
    ("Operations and Maintenance", "Workout Plans", "wren"),
    ("Legal", "", "beatriz"),
)

BY_USERNAME = {person.username: person for person in STAFF}

# Username, name, what they are, and what to try first.
DEMO_SIGN_INS: list[tuple[str, str, str, str]] = [
    (
        "nora",
        "Nora Whitlock",
        "Frontline agent",
        "Search for a homeowner who is calling, log the interaction, and see a case come of it.",
    ),
    (
        "imani",
        "Imani Castell",
        "Back-office agent, homeowner queue",
        "Take the next case of the homeowner queue, log a review, and close one that is done.",
    ),
    (
        "soren",
        "Søren Valcourt",
        "Back-office agent, both queues",
        "Compare the two queues, take several cases at once, and answer who mentioned you.",
    ),
    (
        "ruth",
        "Ruth Adeyinka",
        "Supervisor",
        "Hand an absent colleague’s cases over, and reopen one that was closed within six hours.",
    ),
    (
        "hollis",
        "Hollis Varga",
        "Administrator",
        "Change request types, SOP texts and the review interval in the set-up.",
    ),
    (
        "camille",
        "Camille Duarte",
        "Department member, Sales",
        "Accept what Sales is asked, talk with Support in the feed, and complete it.",
    ),
    (
        "noel",
        "Noel Tupou",
        "Department member, Operations and Maintenance",
        "Work the department’s list by topic, and answer who asks after an assignment.",
    ),
    (
        "marcus",
        "Marcus Odhiambo",
        "Department member, Resolution Specialist",
        "Return what is no dispute: its owner is asked to close the case as Case Voided.",
    ),
]
