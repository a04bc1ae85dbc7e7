"""The demo company's people: users, members of queues and departments, follow-up contacts."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from heliodesk.demo.people import ESCALATION_CONTACT, FOLLOW_UP_CONTACTS, PASSWORD, STAFF
from heliodesk.people.models import (
    Department,
    DepartmentMembership,
    DeskSettings,
    FollowUpContact,
    MailWanted,
    Queue,
    QueueMembership,
    Topic,
    User,
)

#: Everybody else is content with the bell.
MAIL_WANTED = {
    "imani": MailWanted.MENTIONS,
    "lucia": MailWanted.DIGEST,
    "ruth": MailWanted.DIGEST,
    "camille": MailWanted.MENTIONS,
    "priya": MailWanted.MENTIONS,
}


def load_people(now: datetime) -> dict[str, User]:
    """Insert everybody with their memberships; gives the users by username."""
    password = make_password(PASSWORD)  # slow by design, so once for all
    User.objects.bulk_create(
        User(
            username=person.username,
            name=person.name,
            email=person.email,
            role=person.role,
            is_active=not person.left_days_ago,
            mail_wanted=MAIL_WANTED.get(person.username, MailWanted.NONE),
            password=password,
        )
        for person in STAFF
    )
    User.objects.update(joined_at=now - timedelta(days=800))
    users = {user.username: user for user in User.objects.all()}
    join(users)
    load_follow_up_contacts(users)
    settings = DeskSettings.current()
    settings.escalation_contact = users[ESCALATION_CONTACT]
    settings.save()
    return users


def join(users: dict[str, User]) -> None:
    """Make them members of their queues and departments."""
    queues = {queue.case_type: queue for queue in Queue.objects.all()}
    departments = {department.name: department for department in Department.objects.all()}
    QueueMembership.objects.bulk_create(
        QueueMembership(queue=queues[kind], user=users[person.username])
        for person in STAFF
        for kind in person.queues
    )
    DepartmentMembership.objects.bulk_create(
        DepartmentMembership(department=departments[name], user=users[person.username])
        for person in STAFF
        for name in person.departments
    )


def load_follow_up_contacts(users: dict[str, User]) -> None:
    """Whom a follow-up tags, in each department or for each of its topics (F1)."""
    topics = {(topic.department_id, topic.name): topic for topic in Topic.objects.all()}
    departments = {department.name: department for department in Department.objects.all()}
    FollowUpContact.objects.bulk_create(
        FollowUpContact(
            department=departments[name],
            topic=topics.get((departments[name].pk, topic)),
            user=users[username],
            position=position,
        )
        for position, (name, topic, username) in enumerate(FOLLOW_UP_CONTACTS, 1)
    )
