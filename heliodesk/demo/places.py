"""Where the demo company's customers live: real towns, invented streets, unreal phone numbers."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


def words(text: str) -> list[str]:
    """The words of `text`."""
    return text.split()


# City, state, ZIP, county, area code.
TOWNS = tuple(
    tuple(line.split("|"))
    for line in """\
Fresno|CA|93720|Fresno County|559
Chula Vista|CA|91911|San Diego County|619
Bakersfield|CA|93309|Kern County|661
Riverside|CA|92503|Riverside County|951
Antioch|CA|94509|Contra Costa County|925
Modesto|CA|95350|Stanislaus County|209
Escondido|CA|92027|San Diego County|760
Mesa|AZ|85204|Maricopa County|480
Tucson|AZ|85710|Pima County|520
Glendale|AZ|85302|Maricopa County|623
Henderson|NV|89015|Clark County|702
Sparks|NV|89434|Washoe County|775
San Antonio|TX|78247|Bexar County|210
El Paso|TX|79936|El Paso County|915
Round Rock|TX|78664|Williamson County|512
Arlington|TX|76017|Tarrant County|817
Kissimmee|FL|34744|Osceola County|407
Cape Coral|FL|33909|Lee County|239
Brandon|FL|33511|Hillsborough County|813
Ocala|FL|34471|Marion County|352
Pueblo|CO|81005|Pueblo County|719
Aurora|CO|80013|Arapahoe County|303
Toms River|NJ|08753|Ocean County|732
Vineland|NJ|08360|Cumberland County|856
Levittown|NY|11756|Nassau County|516
Poughkeepsie|NY|12603|Dutchess County|845
Worcester|MA|01604|Worcester County|508
Springfield|MA|01109|Hampden County|413
Waterbury|CT|06708|New Haven County|203
Norwich|CT|06360|New London County|860
Bowie|MD|20716|Prince George's County|301
Dundalk|MD|21222|Baltimore County|410
Gastonia|NC|28054|Gaston County|704
Summerville|SC|29485|Dorchester County|843
Macon|GA|31210|Bibb County|478
Chesapeake|VA|23320|Chesapeake|757
West Valley City|UT|84120|Salt Lake County|801
Rio Rancho|NM|87124|Sandoval County|505
Gresham|OR|97030|Multnomah County|503
Yakima|WA|98902|Yakima County|509
Joliet|IL|60435|Will County|815
Reading|PA|19606|Berks County|610
Kailua|HI|96734|Honolulu County|808
Slidell|LA|70461|St. Tammany Parish|985""".splitlines()
)
TREES = words(
    "Alder Basswood Catalpa Dogwood Elderberry Fernleaf Goldenrod Hackberry Ironwood Juniper "
    "Larkspur Mesquite Ninebark Ocotillo Persimmon Quailbush Redbud Sumac Tupelo Willowbark "
    "Yarrow Manzanita Saltbush Chokecherry"
)
PLACES = words("Bend Crest Ferry Gate Hollow Landing Meadow Mill Orchard Ridge Spring View")
WAYS = words("Avenue Circle Court Drive Lane Loop Place Road Street Terrace Trail Way")


@dataclass(frozen=True)
class Place:
    """A property address and what goes with it."""

    street: str
    city: str
    state: str
    postal_code: str
    county: str
    area_code: str

    @property
    def line(self) -> str:
        """The address on one line, as a case shows it."""
        return f"{self.street}, {self.city}, {self.state} {self.postal_code}"


class Homes:
    """Deals addresses and phone numbers, none of them twice."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.dealt: set[tuple[str, str]] = set()
        self.numbers = {
            town[4]: rng.sample(range(100, 200), 100) for town in TOWNS
        }  # 555-0100 to 555-0199 is kept for invented numbers

    def place(self, state: str = "") -> Place:
        """A new address, in that state where one is given."""
        towns = [town for town in TOWNS if state in {"", town[1]}]
        while True:
            city, its_state, postal_code, county, area_code = self.rng.choice(towns)
            street = self._street()
            if (street, city) not in self.dealt:
                self.dealt.add((street, city))
                return Place(street, city, its_state, postal_code, county, area_code)

    def _street(self) -> str:
        number = self.rng.randint(3, 9899)
        name = self.rng.choice(TREES)
        if self.rng.random() < 0.55:
            name += " " + self.rng.choice(PLACES)
        return f"{number} {name} {self.rng.choice(WAYS)}"

    def phone(self, area_code: str) -> str:
        """A new number of the area, or of another where the area's hundred are used up."""
        if not self.numbers[area_code]:
            area_code = max(self.numbers, key=lambda code: len(self.numbers[code]))
        return f"({area_code}) 555-{self.numbers[area_code].pop():04d}"
