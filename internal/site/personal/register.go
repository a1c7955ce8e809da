// Package personal is the register of personal data of this house: every column
// of every table that may hold something about a person, with purpose, ground and
// retention (see common/person), and those that look like it and do not.
package personal

import (
	"slices"

	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/room/need/paste"
)

// hours24 is the life of what waits for a yes, in days.
const hours24 = 1

// Register is the register, in the order people are told of it: first what is
// the person's own, then what is part of records.
func Register() person.Register {
	return person.Register{Kinds: slices.Concat(own(), workingOwn(), pledgesOwn(), centresOwn(), measuresOwn(), admissions(), records())}
}

// by is a table whose rows are found by one column.
func by(table, column string, columns ...string) person.Table {
	return person.Table{Name: table, By: []string{column}, Columns: columns}
}

func (t hiding) table() person.Table { t.Table.Hidden = t.hidden; return t.Table }

type hiding struct {
	person.Table
	hidden []string
}

// hide adds the columns that are not given out.
func hide(t person.Table, columns ...string) person.Table { return hiding{t, columns}.table() }

// of adds which thing the rows belong to.
func of(t person.Table, kind, column string) person.Table {
	t.ThingKind, t.Thing = kind, column
	return t
}

// in adds the columns that tell which thing the rows belong to.
func in(t person.Table, kindColumn, column string) person.Table {
	t.KindIn, t.Thing = kindColumn, column
	return t
}

// through adds that the rows belong to a thing by a row of another table.
func through(t person.Table, table, column string) person.Table {
	t.Through, t.Thing = table, column
	return t
}

// fixed says that the rows never change.
func fixed(t person.Table) person.Table { t.Fixed = true; return t }

func own() []person.Kind {
	return []person.Kind{
		{ID: "account", Basis: person.Task, Source: person.FromOthers, Fate: person.Gone, Days: account.IdleDays, Tables: []person.Table{
			hide(by("account", "id", "created_at", "username", "name", "last_sign_in"), "name_fold", "name_sort", "password_hash", "demo_role")}},
		{ID: "roles", Basis: person.Task, Source: person.FromOthers, Fate: person.Record, Tables: []person.Table{
			by("assignment", "account", "from_day", "role", "org", "scope_ref", "to_day"),
			by("body_holder", "account", "from_day", "title", "part", "elected_by", "to_day")}},
		{ID: "session", Basis: person.Task, Source: person.FromService, Fate: person.Gone, Tables: []person.Table{
			{Name: "session", Hidden: []string{"data", "token_hash"}}}},
		{ID: "keys", Basis: person.Task, Source: person.FromService, Fate: person.Gone, Tables: []person.Table{
			hide(by("api_token", "account", "created_at", "expires_at"), "token_hash"),
			hide(by("invitation", "account", "expires_at", "kind", "used_at"), "token_hash")}},
		{ID: "failures", Basis: person.Safety, Source: person.FromService, Fate: person.Soon, Tables: []person.Table{
			{Name: "sign_in_failure", Hidden: []string{"bucket"}}}},
		{ID: "follow", Basis: person.Task, Source: person.FromSelf, Fate: person.Gone, Tables: []person.Table{
			hide(by("follow_person", "account", "address", "own", "lang"), "mail", "confirm_hash", "token", "feed"),
			hide(by("follow_subscription", "account", "created_at", "target", "kind", "ref", "mode"), "feed")}},
		{ID: "notice", Basis: person.Task, Source: person.FromService, Fate: person.Gone, Days: follow.Kept, Tables: []person.Table{
			by("follow_notice", "account", "made_at", "reason", "mail", "read_at")}},
		{ID: "letter", Basis: person.Task, Source: person.FromService, Fate: person.Gone, Days: follow.LettersKept, Tables: []person.Table{
			hide(by("mail_message", "account", "made_at", "address", "subject", "body", "state", "sent_at"), "unsubscribe", "calendar"),
			hide(by("meeting_invitation", "account", "made_at", "meeting", "what"), "letter")}},
		{ID: "job", Basis: person.Task, Source: person.FromService, Fate: person.Gone, Days: int(job.Kept.Hours() / 24), Tables: []person.Table{
			by("job", "added_by", "added_at", "kind", "state", "payload", "report", "error", "ended_at")}},
		{ID: "paste", Basis: person.Task, Source: person.FromSelf, Fate: person.Gone, Days: paste.Days, Tables: []person.Table{
			by("need_paste", "owner", "made_at", "body", "items", "expires_at")}},
		{ID: "upload", Basis: person.Task, Source: person.FromSelf, Fate: person.Gone, Days: hours24, Tables: []person.Table{
			by("need_import", "owner", "made_at", "name", "sheets"),
			by("supply_import", "account", "created_at", "file_name", "content"),
			by("question_import", "owner", "expires_at", "name", "definition", "faults")}},
		{ID: "repeat", Basis: person.Safety, Source: person.FromService, Fate: person.Soon, Days: hours24, Tables: []person.Table{
			{Name: "idempotency", Hidden: []string{"key_hash", "body_hash", "body"}}}},
		{ID: "request", Basis: person.Duty, Source: person.FromSelf, Fate: person.Record, Days: person.RequestsKept, Tables: []person.Table{
			by("person_request", "account", "received_at", "what", "kind", "subject", "state", "due", "extension", "ground", "answer", "answered_at")}},
	}
}

func records() []person.Kind {
	return []person.Kind{
		{ID: "need", Basis: person.Task, Source: person.FromSelf, Fate: person.Record, Tables: []person.Table{
			of(by("need", "created_by", "created_at", "number", "title", "state"), "need", "id"),
			of(by("need", "updated_by", "updated_at", "number", "title", "state"), "need", "id"),
			of(by("need_pool", "created_by", "created_at", "number", "title", "state"), "need_pool", "id"),
			of(by("need_pool", "updated_by", "updated_at", "number", "title", "state"), "need_pool", "id"),
			{Name: "need_discussion", Hidden: []string{"clarified", "possibilities", "limitations"}},
			{Name: "need_text", Hidden: []string{"text", "fold", "ground"}},
			{Name: "need", Hidden: []string{"cause"}}}},
		{ID: "act", Basis: person.Task, Source: person.FromService, Fate: person.Record, Tables: append([]person.Table{
			in(by("flow_move", "actor", "at", "kind", "to_state", "role", "note"), "kind", "subject"),
			in(by("flow_move", "ball_account", "at", "kind", "to_state", "due"), "kind", "subject"),
			in(by("flow_item", "ball_account", "since", "kind", "state", "due"), "kind", "subject"),
			in(by("follow_event", "ball_account", "at", "kind", "what", "due"), "kind", "subject"),
			in(by("happening", "ball_account", "at", "kind", "what", "due"), "kind", "subject"),
			of(by("match_verdict", "judged_by", "judged_at", "verdict", "reason", "role"), "need", "need"),
			by("cost_rate", "written_by", "written_at", "code", "source"),
			by("outreach_visit", "created_by", "created_at", "day", "kind", "result"),
			by("outreach_round", "created_by", "created_at", "title", "state", "deadline"),
			by("mandate", "recorded_by", "recorded_at", "ground"),
			by("assignment", "granted_by", "granted_at", "role"),
			by("body_holder", "recorded_by", "recorded_at", "title"),
			by("body_leader", "recorded_by", "recorded_at", "task"),
			by("body_rules", "recorded_by", "recorded_at", "title"),
			by("agreement", "created_by", "created_at", "title"),
			by("agreement_answer", "recorded_by", "recorded_at", "answer", "case_number"),
			by("agreement_check", "recorded_by", "recorded_at", "point"),
			by("council_fee", "recorded_by", "recorded_at", "year"),
			by("council_deposit", "recorded_by", "recorded_at", "project"),
			by("council_withdrawal", "recorded_by", "recorded_at", "notice"),
			by("council_inform", "recorded_by", "recorded_at", "tag"),
			by("council_duty", "recorded_by", "recorded_at", "kind"),
			by("consultation", "created_by", "created_at", "subject"),
			by("consultation_round", "made_by", "made_at", "nr"),
			by("consultation_consent", "given_by", "given_at", "answer"),
			by("consultation_input", "given_by", "given_at", "words"),
			by("consultation_own", "recorded_by", "recorded_at", "day"),
			in(by("follow_event", "actor", "at", "kind", "what"), "kind", "subject"),
			in(by("happening", "actor", "at", "kind", "what"), "kind", "subject"),
			by("person_request", "answered_by", "answered_at", "ground", "answer")}, slices.Concat(forums(), develops(), working(), pledges(), threads(), making(), centres(), workspaces(), guides(), projects(), measures())...)},
		{ID: "case", Basis: person.Task, Source: person.FromSelf, Fate: person.Record, Tables: []person.Table{
			of(by("case_file", "created_by", "created_at", "title", "officer"), "case", "id"),
			of(by("case_document", "recorded_by", "recorded_at", "title", "letter"), "case", "case_file"),
			of(by("case_treatment", "recorded_by", "recorded_at", "number", "result"), "case", "case_file"),
			of(by("case_input", "recorded_by", "recorded_at", "sender"), "case", "case_file"),
			of(by("case_section", "saved_by", "saved_at", "heading"), "case", "case_file"),
			of(by("case_version", "made_by", "made_at", "nr", "why"), "case", "case_file"),
			of(by("case_accepted", "accepted_by", "accepted_at", "reason"), "case", "case_file"),
			{Name: "case_file", Hidden: []string{"question", "answer", "asked_by", "answered_by", "found", "found_open"}},
			{Name: "case_section", Hidden: []string{"words"}}, {Name: "case_version", Hidden: []string{"frozen"}},
			{Name: "case_input", Hidden: []string{"words", "done"}}, {Name: "case_treatment", Hidden: []string{"told"}}}},
		{ID: "meeting", Basis: person.Task, Source: person.FromSelf, Fate: person.Record, Tables: []person.Table{
			of(by("meeting", "created_by", "created_at", "day", "place"), "meeting", "id"),
			of(by("agenda_version", "made_by", "made_at", "nr", "why"), "meeting", "meeting"),
			of(by("minutes_version", "made_by", "made_at", "nr", "why"), "meeting", "meeting"),
			of(by("attendance", "noted_by", "noted_at", "part", "present"), "meeting", "meeting"),
			by("recusal", "raised_by", "raised_at", "part", "reason", "decided"),
			by("position_taken", "taken_by", "taken_at", "position", "reason", "how"),
			by("decision", "taken_by", "taken_at", "outcome"),
			by("decision_since", "made_by", "made_at", "what", "outcome"),
			by("own_decision", "asked_by", "asked_at", "due"),
			by("own_decision", "answered_by", "answered_at", "answer", "ref", "told"),
			by("opt_in", "recorded_by", "recorded_at", "day", "ref"),
			by("item_comment", "said_by", "said_at", "words", "stage"),
			by("follow_up", "made_by", "made_at", "what", "office", "state")}},
		{ID: "files", Basis: person.Task, Source: person.FromSelf, Fate: person.Record, Tables: []person.Table{
			through(by("attachment_version", "uploaded_by", "uploaded_at", "name", "uploaded_role"), "attachment", "attachment"),
			through(by("attachment_version", "removed_by", "removed_at", "name", "reason"), "attachment", "attachment")}},
		{ID: "forms", Basis: person.Task, Source: person.FromSelf, Fate: person.Record, Tables: []person.Table{
			by("question_answer", "who", "created_at", "form", "state", "submitted_at"),
			by("question_submission", "who", "at", "nr", "answers"),
			by("question_reopening", "who", "at", "section", "reason"),
			by("question_form", "created_by", "created_at", "title"),
			by("question_form", "updated_by", "updated_at", "title"),
			by("question_version", "made_by", "made_at", "state"),
			by("question_version", "published_by", "published_at", "state"),
			{Name: "question_value", Hidden: []string{"text"}},
			{Name: "question_prefill", Hidden: []string{"text"}}}},
		{ID: "log", Basis: person.Duty, Source: person.FromService, Fate: person.Record, Tables: []person.Table{
			fixed(in(by("audit_entry", "actor", "at", "action", "subject_kind", "role"), "subject_kind", "subject_id")),
			{Name: "audit_entry", Hidden: []string{"fields"}},
			{Name: "audit_value", Hidden: []string{"value", "salt"}}}},
		{ID: "look", Basis: person.Duty, Source: person.FromService, Fate: person.Record, Days: person.LooksKept, Tables: []person.Table{
			by("person_look", "account", "at", "act", "kind", "role")}},
		{ID: "firm", Basis: person.Task, Source: person.FromOffice, Fate: person.Other, Days: int(register.KeptFor.Hours() / 24), Tables: []person.Table{
			{Name: "register_unit", Hidden: []string{"name"}},
			{Name: "organisation_standing", Hidden: []string{"name"}},
			{Name: "organisation_name", Hidden: []string{"name", "short", "name_fold", "name_key", "short_key", "name_sort"}},
			{Name: "organisation_alias", Hidden: []string{"alias", "alias_key"}}}},
		{ID: "contact", Basis: person.Task, Source: person.FromOthers, Fate: person.Other, Tables: []person.Table{
			{Name: "programme", Hidden: []string{"contact"}}}},
	}
}

// NotPersonal are columns whose names look like it, with the reason why they
// hold nothing about a person. Written "table.column".
func NotPersonal() map[string]string {
	return map[string]string{
		"forum_region.body": "the body", "forum_input.body": "the body", "forum_document.body": "the body", "forum_example.body": "the body",
		"forum_effort.body": "the body", "forum_round.body": "the body", "wheel_input.body": "the body",
		"figure_source.owner": "the organisation that publishes the figures", "figure.value": "a figure of a survey",
		"forum_document.adopted_by": "the decision that adopted it, in words", "forum_example.contact": "an office, never a person; phone numbers and addresses are refused",

		"report.answer":                  "what the report says, which asks for roles and never for names",
		"report_accepted.report":         "the report that is meant",
		"project_note.who":               "an organisation or a role; names are asked for nowhere",
		"need.represented_by":            "an organisation",
		"case_file.ready_by":             "a day",
		"need.answer_by":                 "a day",
		"need_pool.answer_by":            "a day",
		"develop_answer.answer_by":       "a day",
		"position.represented_by":        "an organisation",
		"entry_tally.sources":            "ids that a figure was built on, never shown; an account stands as a digest",
		"development_money.note":         "what the money is for",
		"development_money.confirmed_by": "an organisation",
		"application.represented_by":     "an organisation",
		"centre.contact":                 "a role",
		"measure.owner":                  "an organisation",
		"measure.contact_role":           "a role",
		"measure.suggested_by":           "an organisation",
		"region_page.contact":            "a role",
		"region_page.owner":              "an organisation",
		"region_effort.what":             "what a region tried, open to all",
		"centre_room.address":            "where a room is",
		"development.answer":             "the id of what a provider answered",
		"position.apply_by":              "a day",
		"pledge.represented_by":          "an organisation",
		"project.owner":                  "an organisation",
		"project_entry.contact":          "a role or an organisation",
		"project_entry.attainment_text":  "how far a project reached, open to all",
		"project_entry.follow_text":      "what comes after a project, open to all",
		"need_request.answer_by":         "a day",
		"need_request.asked_by":          "an organisation",
		"need_request.answer":            "one of five codes",
		"need_link.token":                "opens a need, and is nobody's",
		"round_link.token_hash":          "opens a round for an organisation, and is nobody's",
		"round_invite.answer":            "the id of an answer",
		"round_invite.answered_by":       "an organisation",
		"body.name":                      "what a body is called",
		"body_seat.body":                 "the id of a body",
		"case_file.body":                 "the id of a body",
		"case_treatment.body":            "the id of a body",
		"meeting.body":                   "the id of a body",
		"meeting_joint.body":             "the id of a body",
		"agenda_item.body":               "the id of a body",
		"agenda_item.scope_by":           "an office of a body",
		"agenda_item.urgent_by":          "a day",
		"follow_up.body":                 "the id of a body",
		"own_link.token_hash":            "answers for an organisation, and is nobody's",
		"case_section.name":              "which section of the paper it is",
		"body_leader.body":               "the id of a body",
		"body_rules.body":                "the id of a body",
		"body_number.body":               "the id of a body",
		"body_leader.elected_by":         "a decision of a body",
		"body_rules.adopted_by":          "a decision of a body",
		"agreement.body":                 "the id of a body",
		"agreement.decided_by":           "a decision of a body",
		"agreement.theirs_by":            "a body that has concluded",
		"agreement_check.note":           "how a point of the law is met",
		"council_fee.body":               "the id of a body",
		"council_fee.decided_by":         "a decision of a body",
		"council_deposit.body":           "the id of a body",
		"council_withdrawal.body":        "the id of a body",
		"council_inform.body":            "the id of a body",
		"council_inform.what":            "what a board decided",
		"council_inform.decided_by":      "a decision of a body",
		"council_duty.body":              "the id of a body",
		"consultation.body":              "the id of a body",
		"consultation.sent_by":           "a decision of a body",
		"offering.reason":                "why an offering was cancelled, which all may read",
		"question_value.answer":          "the id of an answer",
		"question_prefill.answer":        "the id of an answer",
		"question_submission.answer":     "the id of an answer",
		"question_reopening.answer":      "the id of an answer",
		"question_unchanged.answer":      "the id of an answer",
	}
}
