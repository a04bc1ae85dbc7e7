"""What a case of an export must not be, in the words of the rules (H, N, Q1, X2)."""

from __future__ import annotations

from heliodesk.core.refusal import Refused
from heliodesk.integrations.salesforce.moving_in.archive import Archive
from heliodesk.integrations.salesforce.moving_in.values import refused

#: Conditions over what was selected (`d`) with the refusals that they mean.
Verdicts = list[tuple[str, Refused]]
IS_OPEN = "d.status <> 'closed'"


def verdicts(archive: Archive, *, native: bool) -> Verdicts:
    """What a case must not be. An open one is to be worked, so it has to satisfy all that the
    screens ask for; a closed one is history, and keeps what it was (H4, N3)."""
    return [
        *numbered(),
        *whose(archive),
        *not_on_record(),
        *asked(native=native),
        *described(),
        *owned(),
    ]


def numbered() -> Verdicts:
    """Its number and when it was created (H7)."""
    return [
        ("d.number IS NULL OR d.number = 0", refused(
            "number_unreadable", "The case number is not a number of up to 12 digits.",
            "number", "H7")),
        ("""EXISTS (SELECT FROM cases_case c WHERE c.number = d.number
            AND c.id IS DISTINCT FROM m.target_id)""", refused(
            "number_taken", "Another case of the desk has this number already.", "number", "H7")),
        ("row_number() OVER (PARTITION BY d.number, d.refusal = '' ORDER BY d.file, d.line) > 1",
         refused("number_twice", "Another case of the export has this number already.",
                 "number", "H7")),
        ("d.created_at IS NULL", refused(
            "required", "The case does not say when it was created. Export CreatedDate.",
            "created_at", "H7")),
    ]  # fmt: skip


def whose(archive: Archive) -> Verdicts:
    """Account, contract, contact and installer, and what belongs together (H1, H4, N1)."""
    return [
        ("d.said_account <> '' AND d.account_id IS NULL", refused(
            "account_unknown", "The account is neither in the export nor on the desk.",
            "account", "H1")),
        ("d.account_id IS NULL", refused(
            "account_missing",
            "The case has no account. A homeowner case stands under a contract (H1), an installer "
            "case at its Org (N1).", "account", "H1")),
        ("d.case_type = 'installer' AND d.kind <> 'installer'", refused(
            "account_is_no_org",
            "An installer case is opened at an installer account or one of its contacts. For a "
            "homeowner, open the contract, then New Case (H1).", "account", "N1")),
        (f"d.said_contract <> '' AND d.contract_account IS NULL AND {archive.has('contract')}",
         refused("contract_unknown", "The contract is neither in the export nor on the desk.",
                 "contract", "H1")),
        ("d.contract_id IS NOT NULL AND d.contract_account <> d.account_id", refused(
            "contract_of_another_account",
            "The contract is another homeowner's. Put the case under its own contract (H8).",
            "contract", "H1")),
        (f"d.said_contact <> '' AND d.contact_account IS NULL AND {archive.has('contact')}",
         refused("contact_unknown", "The contact is neither in the export nor on the desk.",
                 "contact", "H4")),
        ("d.case_type = 'homeowner' AND d.contact_account <> d.account_id", refused(
            "contact_of_another_account",
            "The contact is not one of the account's. Choose one of its contacts.",
            "contact", "H4")),
        ("d.contact_account <> d.account_id", refused(
            "contact_of_another_account",
            "The contact is not one of the account's. Choose one of its contacts.",
            "contact", "N2")),
        ("d.contract_id IS NOT NULL AND d.contact_id IS NULL", refused(
            "required", "Choose or fill in Contact Name.", "contact", "H4")),
        ("d.said_installer <> '' AND d.org_kind <> 'installer' AND d.case_type = 'homeowner'",
         refused("installer_is_no_org", "The Associated Installer is not an installer. "
                 "Choose an Org.", "installer", "H4")),
        ("d.contract_id IS NOT NULL AND d.installer_id IS NULL", refused(
            "required", "Choose or fill in Associated Installer.", "installer", "H4")),
        ("""d.said_installer_contact <> '' AND d.installer_contact_account IS DISTINCT FROM
            d.installer_id""", refused(
            "installer_contact_of_another_org",
            "The installer contact is not one of the installer's. Choose one of its contacts, "
            "or none.", "installer_contact", "H4")),
    ]  # fmt: skip


def not_on_record() -> Verdicts:
    """A customer who is not on record can be reached (N5)."""
    return [
        ("d.contract_gap = 'not_on_record' AND (COALESCE(d.customer_name, '') = '')", refused(
            "required", "Fill in the homeowner's name.", "customer_name", "N5")),
        ("d.contract_gap = 'not_on_record' AND d.property_address = ''", refused(
            "required", "Fill in the property address.", "property_address", "N5")),
        ("d.contract_gap = 'not_on_record' AND d.customer_phone = '' AND d.customer_email = ''",
         refused("cannot_be_reached",
                 "Give a phone number or an email address of the homeowner.",
                 "customer_phone", "N5")),
    ]  # fmt: skip


def asked(*, native: bool) -> Verdicts:
    """Type, subtype and source, of those that the desk offers (H4)."""
    offered = "false" if native else IS_OPEN
    return [
        (f"d.said_type = '' AND {IS_OPEN}", refused(
            "required", "Choose or fill in Customer Request Type.", "request_type", "H4")),
        (f"d.said_subtype = '' AND {IS_OPEN}", refused(
            "required", "Choose or fill in Customer Request Subtype.", "request_subtype", "H4")),
        ("""d.said_type <> '' AND d.said_subtype <> '' AND d.request_type_id IS NOT NULL
            AND d.request_subtype_id IS NULL AND d.subtype_elsewhere""", refused(
            "subtype_of_another_type",
            "The subtype is not one of the type's. Choose one of its subtypes.",
            "request_subtype", "H4")),
        (f"{IS_OPEN} AND d.request_type_id IS NULL", refused(
            "request_type_unknown",
            "The Customer Request Type is none of the desk's. Name it under "
            "[case.request_types] of the map.", "request_type", "H4")),
        (f"{IS_OPEN} AND d.request_subtype_id IS NULL", refused(
            "request_subtype_unknown",
            "The Customer Request Subtype is none of the desk's. Name it under "
            "[case.request_subtypes] of the map.", "request_subtype", "H4")),
        (f"{offered} AND NOT d.type_offered", refused(
            "not_offered", "The Customer Request Type is not offered on such cases. "
            "Choose another.", "request_type", "H4")),
        (f"{offered} AND NOT d.subtype_offered", refused(
            "not_offered", "The Customer Request Subtype is not offered. Choose another.",
            "request_subtype", "H4")),
        (f"d.said_source = '' AND {IS_OPEN}", refused(
            "required", "Choose or fill in Case Source.", "source", "H4")),
        (f"{IS_OPEN} AND d.source_id IS NULL", refused(
            "source_unknown",
            "The Case Source is none of the desk's. Name it under [case.sources] of the map.",
            "source", "H4")),
        (f"{offered} AND NOT d.source_offered", refused(
            "not_offered", "The Case Source is not offered. Choose another.", "source", "H4")),
    ]  # fmt: skip


def described() -> Verdicts:
    """The texts."""
    return [
        ("d.description = ''", refused(
            "required", "Choose or fill in Case Description.", "description", "H4")),
        ("length(d.description) > 50000", refused(
            "too_long", "Case Description has more than 50,000 characters. Shorten it.",
            "description", "H4")),
        ("length(d.said_job) > 40", refused(
            "too_long", "The job ID has more than 40 characters. Shorten it.", "job_id", "N4")),
        ("length(d.customer_email) > 254 OR length(d.sales_rep_email) > 254", refused(
            "too_long", "The email address is too long.", "customer_email", "H4")),
    ]  # fmt: skip


def owned() -> Verdicts:
    """Who owns it (Q1, Q5), and how it ended (X2, X3, L3)."""
    return [
        ("d.owner_agent_id IS NULL AND d.owner_queue_id IS NULL", refused(
            "owner_unknown",
            "The owner is neither in the export nor on the desk. A case has exactly one owner.",
            "owner", "Q1")),
        (f"{IS_OPEN} AND NOT COALESCE(d.owner_able, false)", refused(
            "cannot_own",
            "The owner is not active in Support, or a queue that nobody works, and cannot own a "
            "case. Choose somebody else or a queue.", "owner", "Q5")),
        ("d.status = 'closed' AND d.stands", refused(
            "assignments_open",
            "Case assignments are open. Each has to end, or be withdrawn, before the case can be "
            "closed.", None, "X2")),
        ("""d.status = 'closed' AND EXISTS (
            SELECT FROM assignments_caseassignment x WHERE x.case_id = m.target_id
                AND x.status IN ('open', 'accepted') AND NOT EXISTS (
                    SELECT FROM salesforce_imported xm JOIN import_assignment xi
                        ON xi.external_id = xm.external_id
                    WHERE xm.subject = 'assignment' AND xm.target_id = x.id))""", refused(
            "assignments_open",
            "Case assignments are open on the desk. Each has to end, or be withdrawn, before the "
            "case can be closed.", None, "X2")),
        ("d.closed_at < d.created_at", refused(
            "closed_before_created", "The case was closed before it was created. Check ClosedDate.",
            "closed_at", "X3")),
        ("length(d.review_comments) > 1000", refused(
            "review_too_long",
            "The comments have more than the 1,000 characters that a review may have.",
            "comments", "L3")),
    ]  # fmt: skip
