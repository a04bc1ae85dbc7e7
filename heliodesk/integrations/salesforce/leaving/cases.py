"""Cases, their assignments and closures."""

from __future__ import annotations

from heliodesk.integrations.salesforce.leaving.values import when

CASES = f"""
    SELECT k.sfid AS "Id", lpad(t.number::text, 8, '0') AS "CaseNumber",
        t.case_type AS "RecordType.DeveloperName", a.sfid AS "AccountId", c.sfid AS "ContactId",
        n.sfid AS "Contract__c", t.contract_gap AS "Contract_Gap__c", '' AS "ParentId",
        pc.sfid AS "Previous_Case__c", t.status AS "Status",
        CASE t.priority WHEN 1 THEN 'high' ELSE 'normal' END AS "Priority", s.name AS "Origin",
        rt.name AS "Customer_Request_Type__c", rs.name AS "Customer_Request_Subtype__c",
        t.description AS "Description", COALESCE(o.sfid, q.sfid) AS "OwnerId",
        i.sfid AS "Associated_Installer__c", ic.sfid AS "Installer_Contact__c",
        t.job_id AS "Job_ID__c", t.customer_name AS "SuppliedName",
        t.customer_phone AS "SuppliedPhone", t.customer_email AS "SuppliedEmail",
        t.property_address AS "Property_Address__c", t.sales_rep_name AS "Sales_Rep_Name__c",
        t.sales_rep_email AS "Sales_Rep_Email__c", {when("t.created_at", "CreatedDate")},
        cb.sfid AS "CreatedById", {when("t.last_modified_at", "LastModifiedDate")},
        mb.sfid AS "LastModifiedById", {when("t.closed_at", "ClosedDate")},
        {when("t.reviewed_at", "Latest_Review__c")}, rb.sfid AS "Latest_Review_By__c",
        t.review_comments AS "Latest_Review_Comments__c",
        {when("t.review_due_from", "Review_Due_From__c")},
        {when("t.follow_up_at", "Follow_Up_Date__c")}, t.follow_up_for AS "Follow_Up_For__c"
    FROM cases_case t JOIN case_ids k ON k.id = t.id
    JOIN account_ids a ON a.id = t.account_id LEFT JOIN contact_ids c ON c.id = t.contact_id
    LEFT JOIN contract_ids n ON n.id = t.contract_id
    LEFT JOIN case_ids pc ON pc.id = t.previous_case_id
    JOIN cases_casesource s ON s.id = t.source_id
    JOIN cases_requesttype rt ON rt.id = t.request_type_id
    JOIN cases_requestsubtype rs ON rs.id = t.request_subtype_id
    LEFT JOIN user_ids o ON o.id = t.owner_agent_id LEFT JOIN queue_ids q ON q.id = t.owner_queue_id
    LEFT JOIN account_ids i ON i.id = t.installer_id
    LEFT JOIN contact_ids ic ON ic.id = t.installer_contact_id
    JOIN user_ids cb ON cb.id = t.created_by_id
    LEFT JOIN user_ids mb ON mb.id = t.last_modified_by_id
    LEFT JOIN user_ids rb ON rb.id = t.reviewed_by_id
"""
ASSIGNMENTS = f"""
    SELECT k.sfid AS "Id",
        'CA-' || lpad(t.id::text, GREATEST(5, length(t.id::text)), '0') AS "Name",
        c.sfid AS "Case__c", d.name AS "Department__c", tp.name AS "Topic__c",
        rr.name AS "Referral_Reason__c", rs.name AS "Referral_Subtype__c",
        t.comments AS "Referral_Comments__c", am.sfid AS "Account_Manager__c",
        sm.sfid AS "Sales_Manager__c", t.status AS "Status__c", s.sfid AS "Assignee__c",
        t.outcome AS "Resolution__c", {when("t.accepted_at", "Accepted_Date__c")},
        {when("t.acted_at", "Last_Act_Date__c")}, {when("t.ended_at", "Ended_Date__c")},
        eb.sfid AS "Ended_By__c", {when("t.created_at", "CreatedDate")}, cb.sfid AS "CreatedById"
    FROM assignments_caseassignment t JOIN assignment_ids k ON k.id = t.id
    JOIN case_ids c ON c.id = t.case_id JOIN people_department d ON d.id = t.department_id
    LEFT JOIN people_topic tp ON tp.id = t.topic_id
    JOIN people_referralreason rr ON rr.id = t.reason_id
    LEFT JOIN people_referralsubtype rs ON rs.id = t.subtype_id
    LEFT JOIN user_ids am ON am.id = t.account_manager_id
    LEFT JOIN user_ids sm ON sm.id = t.sales_manager_id
    LEFT JOIN user_ids s ON s.id = t.assignee_id LEFT JOIN user_ids eb ON eb.id = t.ended_by_id
    JOIN user_ids cb ON cb.id = t.created_by_id
"""
CLOSURES = f"""
    SELECT k.sfid AS "Id", c.sfid AS "Case__c", r.name AS "Reason__c", t.note AS "Note__c",
        {when("t.closed_at", "Closed_At__c")}, cb.sfid AS "Closed_By__c",
        {when("t.reopened_at", "Reopened_At__c")}, rb.sfid AS "Reopened_By__c"
    FROM cases_closure t JOIN closure_ids k ON k.id = t.id JOIN case_ids c ON c.id = t.case_id
    JOIN cases_closedreason r ON r.id = t.reason_id
    LEFT JOIN user_ids cb ON cb.id = t.closed_by_id
    LEFT JOIN user_ids rb ON rb.id = t.reopened_by_id
"""
TABLES = {"Case": CASES, "Case_Assignment__c": ASSIGNMENTS, "Closure__c": CLOSURES}
