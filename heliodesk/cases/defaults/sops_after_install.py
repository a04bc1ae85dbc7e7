"""SOP texts for installation, performance, monitoring and repair."""

from __future__ import annotations

from heliodesk.cases.defaults.shapes import Sop

OM = "Operations and Maintenance"

AFTER_INSTALL = (
    Sop(
        "System performance",
        "System not producing",
        """\
1. Ask since when, and whether the house has power. No power in the street: it is the utility's.
2. Have the customer read the display or the light of the inverter, and whether the solar breaker \
and the disconnect are on. Nobody climbs, opens a cover or resets a breaker twice.
3. Look at the last reading in monitoring. Offline but producing is *Gateway offline*.
4. Still dark: refer with the fault code, the breaker's position and the access hours.""",
        OM,
        "System not producing",
    ),
    Sop(
        "System performance",
        "Production lower than expected",
        """\
1. Compare the last twelve months with the contract's estimate, never one month with another.
2. Rule out a tree that has grown, dust, snow and a panel-level fault in monitoring.
3. More than 10 % below the estimate over twelve months: refer, with both figures.
4. Otherwise explain the seasons and send the yearly curve.""",
        OM,
        "Low production",
    ),
    Sop(
        "System performance",
        "Inverter fault",
        """\
1. Write down the code exactly as shown, and the serial number if it can be read from the ground.
2. One restart by the published steps (AC off, DC off, two minutes, DC on, AC on), if safe.
3. The code comes back: refer as a warranty matter. Tell the customer that parts take one to three \
weeks and that production lost counts towards the guarantee.""",
        OM,
        "Warranty replacement",
    ),
    Sop(
        "System performance",
        "Production guarantee claim",
        """\
1. Claims are worked out once a year, on the anniversary of permission to operate.
2. Check for a monitoring gap first: an estimate fills it, and the customer may see it.
3. Refer with the contract's table and the metered figure. Never name an amount before that.""",
        OM,
        "Low production",
    ),
    Sop(
        "System performance",
        "Storm damage",
        """\
1. **Nobody touches panels or wires.** Loose parts or water inside: set the priority to High.
2. Ask for photos from the ground, and whether the homeowner's insurer was told.
3. Refer with the date of the storm and the photos.""",
        "Risk",
        "Insurance",
    ),
    Sop(
        "Monitoring and app",
        "Gateway offline",
        """\
1. Find the last report. Under 24 hours: wait for the next one, and say so.
2. Ask for a new router, password or provider. Walk through the Wi-Fi reset: hold the button until \
the light blinks, choose the 2.4 GHz network, enter the password.
3. Twice without success: refer for a gateway visit. Production goes on meanwhile.""",
        OM,
        "Monitoring",
    ),
    Sop(
        "Monitoring and app",
        "App sign-in",
        """\
Support finishes this alone. Confirm name, address and contract ID, check the email on the record, \
send the invitation again, and stay on until the customer is in. A different owner signs in only \
after a transfer of ownership.""",
    ),
    Sop(
        "Installation",
        "Final inspection failed",
        """\
1. Get the correction notice: photo or report, with the inspector's items.
2. The installer has ten working days to correct. Ask the Org's operations contact for the date.
3. No date after two attempts: refer. The customer is told of the re-inspection by us.""",
        "Resolution Specialist",
        "Workmanship dispute with the installer",
    ),
    Sop(
        "Installation",
        "Permission to operate (PTO)",
        """\
1. Without the letter the system stays **off**. Switched on early, the utility may bill or fine.
2. Look for the submission date of the interconnection package in the job.
3. Over thirty working days: ask the installer's operations contact for the utility's status.
4. Payments start at PTO: say so when asked.""",
    ),
    Sop(
        "Installation",
        "Workmanship concern",
        """\
1. Photos first: what, where, and when it was seen.
2. The installer answers for workmanship for ten years. Send it to their operations contact.
3. No visit within ten working days, or a second attempt fails: refer.""",
        "Resolution Specialist",
        "Workmanship dispute with the installer",
    ),
    Sop(
        "Service and repair",
        "Roof leak",
        """\
1. Active water: priority High, a bucket, photos inside and outside, and the date it was first seen.
2. Ask how old the roof is and whether anybody else worked on it.
3. Refer at once: penetrations are covered for ten years, old shingles are not. Promise a call \
from the field team, not a repair.""",
        OM,
        "Roof leak",
    ),
    Sop(
        "Service and repair",
        "Panel removal and reinstallation",
        """\
1. Ask for the roofer's name and the week of the work. Six weeks' notice is best.
2. One removal in the contract may be free: look before quoting.
3. Refer for the quote. Panels off the roof longer than thirty days: the guarantee pauses.""",
        OM,
        "Panel removal and reinstallation",
    ),
    Sop(
        "Service and repair",
        "Missed appointment",
        """\
1. Say sorry, without reasons.
2. Find out from the schedule who was to come and whether anybody called.
3. Offer two new windows. A second miss is an escalation.""",
        OM,
        "Field visit",
    ),
    Sop(
        "Service and repair",
        "Property damage",
        """\
1. Photos, date, what was damaged and by whom. No word on fault or amount.
2. Refer. A claim number reaches the customer in five working days.""",
        "Risk",
        "Property damage claim",
    ),
    Sop(
        "Service and repair",
        "Warranty replacement",
        """\
1. Panel 25 years, inverter 10 to 12, battery 10, gateway 5: check the papers of this contract.
2. Refer with serial number and fault. Parts are ours, and labour is ours within ten years.""",
        OM,
        "Warranty replacement",
    ),
    Sop(
        "Service and repair",
        "Noise or smell",
        """\
1. **Burning smell, smoke or crackling: away from it, emergency number if in doubt, system off at \
the disconnect if safe, priority High, refer at once.**
2. A hum at noon is the inverter's fan: ask for a recording, and explain.""",
        "Risk",
        "Safety",
    ),
)
