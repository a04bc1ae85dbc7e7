"""SOP texts for billing, contracts, transfers, sales concerns and complaints."""

from __future__ import annotations

from heliodesk.cases.defaults.shapes import Sop

AGREEMENT = (
    Sop(
        "Billing and payments",
        "Bill higher than expected",
        """\
1. Lease: the amount is fixed but for the yearly escalator. Power purchase: it follows production, \
and summer is higher. Loan: see whether the tax credit was paid in by month 18.
2. Compare with the same month of last year, and show the arithmetic.
3. An error on our side: correct it, and say by which statement.""",
    ),
    Sop(
        "Billing and payments",
        "Payment arrangement",
        """\
1. Listen, then look: days past due, autopay, arrangements before this one.
2. Up to three months may be spread over twelve. Hardship, or a broken arrangement: refer.
3. Never threaten removal or a credit report.""",
        "Revenue Protection",
        "Payment arrangement",
    ),
    Sop(
        "Billing and payments",
        "Late fee or past-due notice",
        """\
One late fee in twelve months may be taken off by an agent, when autopay failed or the notice was \
late. More than sixty days past due is for the department.""",
        "Revenue Protection",
        "Past due",
    ),
    Sop(
        "Billing and payments",
        "Utility bill and true-up",
        """\
1. The true-up is the utility's yearly settlement, not ours. Ask for both pages of it.
2. Compare use before solar and now: an electric car, a pool or a heat pump explains most.
3. Production below the estimate: change the subtype to *Production lower than expected*.""",
    ),
    Sop(
        "Contract changes",
        "Cancellation request",
        """\
1. **Within the days of rescission: cancel, no questions.** Send the written confirmation today.
2. Before installation: ask why. A smaller system or another rep solves half of them.
3. After installation, or with a dispute: refer. Say that the contract stands until decided.""",
        "Resolution Specialist",
        "Cancellation dispute",
    ),
    Sop(
        "Contract changes",
        "Add or remove a signer",
        """\
All present signers consent in writing. A new signer needs a credit decision, and the person on \
the deed stays. Refer when both are on file.""",
        "DP",
        "Signer correction",
    ),
    Sop(
        "Contract changes",
        "System design change",
        """\
Before installation only. Price, panels or production differ: the homeowner signs a change order, \
and the permit set is drawn anew (about eight working days).""",
        "DP",
        "Change order",
    ),
    Sop(
        "Contract changes",
        "Buyout or prepayment",
        """\
Leases and power purchases: from year six at fair market value, in writing, valid thirty days. \
Loans: payoff at any time without a fee. Quotes come from the department only.""",
        "C&T",
        "Payoff or prepayment quote",
    ),
    Sop(
        "Transfer of ownership",
        "Home sale: buyer takes over",
        """\
1. From the seller: buyer's name, email, phone, and the closing date. From the title company: \
contact and file number.
2. Refer. The buyer applies (650 or better), then both sign the transfer.
3. Less than ten days to closing: priority High.""",
        "C&T",
        "Transfer of ownership",
    ),
    Sop(
        "Transfer of ownership",
        "Refinance and fixture filing",
        """\
The filing (UCC-1) is on the equipment, not a lien on the home. The lender asks for a temporary \
termination: refer with lender, loan number and closing date. It is refiled after ten days.""",
        "C&T",
        "Fixture filing at refinance",
    ),
    Sop(
        "Transfer of ownership",
        "Death of the homeowner",
        """\
Condolences first. Stop reminders. Ask, when they are ready, for the death certificate and who \
acts for the estate; speak about the account to nobody else.""",
        "Legal",
        "Estate and power of attorney",
    ),
    Sop(
        "Transfer of ownership",
        "Foreclosure or bankruptcy",
        """\
Stop all collection calls the moment a bankruptcy is named. \
Note court, number and trustee, and refer.""",
        "Revenue Protection",
        "Foreclosure or bankruptcy",
    ),
    Sop(
        "Sales concerns",
        "Promise not in the contract",
        """\
1. Exactly what was promised, by whom, when, and is it in writing?
2. Refer with the rep's name. The two managers of the Org answer within three working days.""",
        "Sales",
        "Promise outside the contract",
    ),
    Sop(
        "Sales concerns",
        "Signature disputed",
        """\
Take it as said, do not argue. Identity document, the email address that signed, and a written \
statement go to Compliance. No billing questions until they have decided.""",
        "Compliance",
        "Sales conduct",
    ),
    Sop(
        "Sales concerns",
        "Sales rep does not answer",
        "Two attempts of ours within two working days, then refer. Answer yourself what you can.",
        "Sales",
        "Sales rep does not answer",
    ),
    Sop(
        "Sales concerns",
        "Tax credit question",
        """\
We do not advise on taxes. Lease and power purchase: the owner of the system claims it, \
which is not the homeowner. Loan or cash: send the cost statement, and name a tax adviser as the \
next step.""",
    ),
    Sop(
        "Sales concerns",
        "Pressure or misrepresentation",
        "An older, ill or non-English speaking customer: priority High, and refer the same day.",
        "Compliance",
        "Sales conduct",
    ),
    Sop(
        "Contact details and consent",
        "Privacy request",
        "Confirm identity; note the right that is used and the state. 45 days run from today.",
        "Compliance",
        "Privacy request",
    ),
    Sop(
        "Complaints and legal",
        "Regulator or consumer agency",
        "Note the agency, its number and the date an answer is due. Nobody but Compliance answers.",
        "Compliance",
        "Regulator or consumer agency",
    ),
    Sop(
        "Complaints and legal",
        "Attorney letter",
        "Only Legal speaks with a represented customer from now on. Put the letter on the case.",
        "Legal",
        "Attorney letter",
    ),
    Sop(
        "Complaints and legal",
        "Small claims or arbitration",
        "Date and court first. Take nothing by phone that has to be served, and refer at once.",
        "Legal",
        "Suit or arbitration",
    ),
)
