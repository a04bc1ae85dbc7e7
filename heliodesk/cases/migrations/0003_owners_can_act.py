"""The owner of an open case can act: an active person of Support, or an active queue that
somebody works (Q5), also when both sides change at once.

Each side locks the owner's row before it looks, so that the second one sees the first.
"""

from django.db import migrations

from heliodesk.core.sql import breach, trigger

# A deferred trigger sees the row as it was at its event: what was changed again since is over.
STANDS = """EXISTS (
            SELECT FROM cases_case
            WHERE id = NEW.id AND status <> 'closed' AND {0} = NEW.{0}
        )"""

ABLE = f"""
    IF NEW.status <> 'closed' AND NEW.owner_agent_id IS NOT NULL THEN
        PERFORM FROM people_user
        WHERE id = NEW.owner_agent_id AND is_active AND role <> '' FOR SHARE;
        IF NOT FOUND AND {STANDS.format("owner_agent_id")} THEN
            {breach("case_owner_can_act", "the owner is not active in Support (Q5)")}
        END IF;
    ELSIF NEW.status <> 'closed' AND NEW.owner_queue_id IS NOT NULL THEN
        PERFORM FROM people_queue WHERE id = NEW.owner_queue_id AND is_active FOR SHARE;
        IF (NOT FOUND OR NOT EXISTS (
            SELECT FROM people_queuemembership m JOIN people_user u ON u.id = m.user_id
            WHERE m.queue_id = NEW.owner_queue_id AND u.is_active
        )) AND {STANDS.format("owner_queue_id")} THEN
            {breach("case_owner_can_act", "nobody works the owning queue (Q5)")}
        END IF;
    END IF;
    RETURN NULL;
"""

# A queue that the person works needs another who does.
HANDED_ON = f"""
    IF NOT EXISTS (SELECT FROM people_user WHERE id = NEW.id AND is_active AND role <> '')
        AND EXISTS (
            SELECT FROM cases_case WHERE owner_agent_id = NEW.id AND status <> 'closed'
        ) THEN
        {breach("user_has_handed_on", "the person owns open cases (Q5)")}
    END IF;
    IF NOT NEW.is_active THEN
        PERFORM FROM people_queue WHERE id IN (
            SELECT queue_id FROM people_queuemembership WHERE user_id = NEW.id
        ) ORDER BY id FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT FROM people_queuemembership mine
            WHERE mine.user_id = NEW.id AND EXISTS (
                SELECT FROM cases_case
                WHERE owner_queue_id = mine.queue_id AND status <> 'closed'
            ) AND NOT EXISTS (
                SELECT FROM people_queuemembership m JOIN people_user u ON u.id = m.user_id
                WHERE m.queue_id = mine.queue_id AND u.is_active
            )
        ) THEN
            {breach("user_has_handed_on", "the last to work a queue with open cases (Q5)")}
        END IF;
    END IF;
    RETURN NULL;
"""

STILL_WORKED = f"""
    PERFORM FROM people_queue WHERE id = OLD.queue_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT FROM cases_case WHERE owner_queue_id = OLD.queue_id AND status <> 'closed'
    ) AND NOT EXISTS (
        SELECT FROM people_queuemembership m JOIN people_user u ON u.id = m.user_id
        WHERE m.queue_id = OLD.queue_id AND u.is_active
    ) THEN
        {breach("queue_is_worked", "the last member of a queue with open cases (Q5)")}
    END IF;
    RETURN NULL;
"""

RETIRED = f"""
    IF NOT NEW.is_active AND EXISTS (
        SELECT FROM cases_case WHERE owner_queue_id = NEW.id AND status <> 'closed'
    ) THEN
        {breach("queue_has_handed_on", "the queue owns open cases (Q5)")}
    END IF;
    RETURN NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_invariants"), ("people", "0001_initial")]

    operations = [
        trigger(
            "case_owner_can_act",
            "cases_case",
            "AFTER INSERT OR UPDATE OF owner_agent_id, owner_queue_id, status",
            ABLE,
            deferred=True,
        ),
        trigger(
            "user_has_handed_on",
            "people_user",
            "AFTER UPDATE OF is_active, role",
            HANDED_ON,
            deferred=True,
        ),
        trigger(
            "queue_is_worked",
            "people_queuemembership",
            "AFTER DELETE OR UPDATE OF queue_id, user_id",
            STILL_WORKED,
            deferred=True,
        ),
        trigger(
            "queue_has_handed_on",
            "people_queue",
            "AFTER UPDATE OF is_active",
            RETIRED,
            deferred=True,
        ),
    ]
