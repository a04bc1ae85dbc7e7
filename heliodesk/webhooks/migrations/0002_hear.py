"""What is recorded about a case is put down for the webhooks that want it, in the very transaction
of the change: told exactly when the change stands, and no rule knows of it.

Where no webhook wants it, this reads one small table and writes nothing. What an import records is
history, which nobody is told (M1). One job a transaction sends what it put down; the key keeps a
thousand changes of one transaction from making a thousand jobs, and is its own so that
transactions never wait for each other.
"""

from django.db import migrations

HEAR = """
CREATE FUNCTION webhooks_hear() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    told uuid;
    hook bigint;
BEGIN
    FOR hook IN SELECT id FROM webhooks_webhook WHERE is_active AND NEW.kind = ANY (kinds) LOOP
        told := coalesce(told, gen_random_uuid());
        INSERT INTO webhooks_delivery (webhook_id, event, kind, entry, case_id, at, next_try_at)
        VALUES (hook, told, NEW.kind, NEW.id, NEW.subject_id, NEW.at, NEW.at);
        INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args)
        VALUES ('default', 'heliodesk.webhooks.jobs.send_waiting',
            'webhook ' || hook || ' ' || pg_current_xact_id()::text,
            jsonb_build_object('webhook', hook))
        ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING;
    END LOOP;
    RETURN NULL;
END
$body$;
CREATE TRIGGER webhooks_hear AFTER INSERT ON core_auditentry FOR EACH ROW
    WHEN (NEW.subject_kind = 'case' AND NEW.origin NOT LIKE 'import %')
    EXECUTE FUNCTION webhooks_hear();
"""
BACK = "DROP TRIGGER webhooks_hear ON core_auditentry; DROP FUNCTION webhooks_hear();"


class Migration(migrations.Migration):
    dependencies = [
        ("webhooks", "0001_initial"),
        ("core", "0004_jobs_without_notify"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [migrations.RunSQL(HEAR, BACK)]
