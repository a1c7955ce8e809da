-- +goose Up
-- A version of a council's agreement. rules is the body's rule set that goes with it. by_members tells that every member must adopt it before it holds;
-- decided_by and decided_on are the council's own decision. from_day is the day it holds from, NULL until then. archive is the organisation that keeps the
-- records, dissolution what is agreed for the end. theirs_by and theirs_on are who has held the text against the law, and when.
CREATE TABLE agreement (
    id          TEXT    NOT NULL PRIMARY KEY,
    body        TEXT    NOT NULL REFERENCES body (id),
    nr          BIGINT  NOT NULL,
    title       TEXT    NOT NULL,
    why         TEXT    NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('draft', 'sent', 'adopted', 'dropped')),
    rules       TEXT    REFERENCES body_rules (id),
    by_members  BOOLEAN NOT NULL,
    decided_by  TEXT    NOT NULL,
    decided_on  TEXT,
    from_day    TEXT,
    dropped     TEXT    NOT NULL,
    archive     TEXT    REFERENCES organisation (id),
    dissolution TEXT    NOT NULL,
    theirs_by   TEXT    NOT NULL,
    theirs_on   TEXT,
    created_by  TEXT    NOT NULL,
    created_at  TEXT    NOT NULL,
    version     BIGINT  NOT NULL,
    UNIQUE (body, nr)
);

-- A paragraph, in short words of our own. was is the number of the paragraph that it comes from in the version before, 0 for a new one; why is what the
-- change is for. gone tells that the paragraph nr of the version before has no successor.
CREATE TABLE agreement_paragraph (
    agreement TEXT    NOT NULL REFERENCES agreement (id),
    nr        BIGINT  NOT NULL,
    gone      BOOLEAN NOT NULL,
    heading   TEXT    NOT NULL,
    words     TEXT    NOT NULL,
    was       BIGINT  NOT NULL,
    why       TEXT    NOT NULL,
    PRIMARY KEY (agreement, gone, nr)
);

-- What a member's own council said to a version: case_number is the member's, place the body that decided.
CREATE TABLE agreement_answer (
    agreement   TEXT NOT NULL REFERENCES agreement (id),
    org         TEXT NOT NULL REFERENCES organisation (id),
    answer      TEXT NOT NULL CHECK (answer IN ('yes', 'no')),
    place       TEXT NOT NULL,
    case_number TEXT NOT NULL,
    day         TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (agreement, org)
);

-- A point of kommuneloven § 18-4 held against a version: our finding with its paragraphs ("6,10"), and beside it what others have concluded.
CREATE TABLE agreement_check (
    agreement   TEXT   NOT NULL REFERENCES agreement (id),
    point       BIGINT NOT NULL,
    verdict     TEXT   NOT NULL CHECK (verdict IN ('met', 'unclear', 'missing')),
    paragraphs  TEXT   NOT NULL,
    note        TEXT   NOT NULL,
    theirs      TEXT   NOT NULL CHECK (theirs IN ('', 'met', 'missing')),
    recorded_by TEXT   NOT NULL,
    recorded_at TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    PRIMARY KEY (agreement, point)
);

-- The fee of a year, in øre for each member, the same for all. decided_by is the decision of the council in plenary. Lines and sum are reckoned.
CREATE TABLE council_fee (
    id          TEXT   NOT NULL PRIMARY KEY,
    body        TEXT   NOT NULL REFERENCES body (id),
    year        BIGINT NOT NULL,
    amount      BIGINT NOT NULL,
    decided_by  TEXT   NOT NULL,
    decided_on  TEXT   NOT NULL,
    recorded_by TEXT   NOT NULL,
    recorded_at TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    UNIQUE (body, year)
);

-- What a member pays into a project besides, by its own decision.
CREATE TABLE council_deposit (
    id          TEXT   NOT NULL PRIMARY KEY,
    body        TEXT   NOT NULL REFERENCES body (id),
    org         TEXT   NOT NULL REFERENCES organisation (id),
    year        BIGINT NOT NULL,
    project     TEXT   NOT NULL,
    amount      BIGINT NOT NULL,
    case_number TEXT   NOT NULL,
    decided_on  TEXT   NOT NULL,
    recorded_by TEXT   NOT NULL,
    recorded_at TEXT   NOT NULL
);
CREATE INDEX council_deposit_body ON council_deposit (body, year, id);

-- A member that has given notice, after a decision of its own council. effect is its last day, last_fee the last year it pays the fee for.
CREATE TABLE council_withdrawal (
    id          TEXT   NOT NULL PRIMARY KEY,
    body        TEXT   NOT NULL REFERENCES body (id),
    org         TEXT   NOT NULL REFERENCES organisation (id),
    notice      TEXT   NOT NULL,
    case_number TEXT   NOT NULL,
    decided_on  TEXT   NOT NULL,
    effect      TEXT   NOT NULL,
    last_fee    BIGINT NOT NULL,
    recorded_by TEXT   NOT NULL,
    recorded_at TEXT   NOT NULL
);
CREATE INDEX council_withdrawal_body ON council_withdrawal (body, notice, id);

-- Something that the board decided and must tell the council of: a change of budget, of tasks or of a mandate. told is the item of the council's meeting
-- where it was told.
CREATE TABLE council_inform (
    id          TEXT   NOT NULL PRIMARY KEY,
    body        TEXT   NOT NULL REFERENCES body (id),
    tag         TEXT   NOT NULL CHECK (tag IN ('budget', 'tasks', 'mandate')),
    what        TEXT   NOT NULL,
    decided_by  TEXT   NOT NULL,
    decided_on  TEXT   NOT NULL,
    told        TEXT   NOT NULL,
    told_on     TEXT,
    recorded_by TEXT   NOT NULL,
    recorded_at TEXT   NOT NULL,
    version     BIGINT NOT NULL
);
CREATE INDEX council_inform_body ON council_inform (body, decided_on, id);

-- A duty that comes again, done for a year: the evaluation of a period under the year that the period ended.
CREATE TABLE council_duty (
    body        TEXT   NOT NULL REFERENCES body (id),
    kind        TEXT   NOT NULL,
    year        BIGINT NOT NULL,
    done        TEXT   NOT NULL,
    done_on     TEXT   NOT NULL,
    recorded_by TEXT   NOT NULL,
    recorded_at TEXT   NOT NULL,
    PRIMARY KEY (body, kind, year)
);

-- A consultation that the council may answer. sender is who asks; open tells that anybody may answer, else the council is invited. words is the draft that
-- is being written; rounds keep what was sent round. round is the newest, 0 for none. stopped is why the joint response is not sent, sent_by the decision to
-- send it. A response that is sent is open to all.
CREATE TABLE consultation (
    id         TEXT    NOT NULL PRIMARY KEY,
    body       TEXT    NOT NULL REFERENCES body (id),
    sender     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    about      TEXT    NOT NULL,
    reference  TEXT    NOT NULL,
    received   TEXT    NOT NULL,
    deadline   TEXT    NOT NULL,
    open       BOOLEAN NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('received', 'round', 'stopped', 'declined', 'sent')),
    words      TEXT    NOT NULL,
    round      BIGINT  NOT NULL,
    stopped    TEXT    NOT NULL,
    sent_by    TEXT    NOT NULL,
    sent_on    TEXT,
    created_by TEXT    NOT NULL,
    created_at TEXT    NOT NULL,
    version    BIGINT  NOT NULL
);
CREATE INDEX consultation_body ON consultation (body, deadline, id);

-- A round of the members: the text as it was sent round, why it differs from the one before, and the last day to answer. Rows change only in the day, once.
CREATE TABLE consultation_round (
    consultation TEXT    NOT NULL REFERENCES consultation (id),
    nr           BIGINT  NOT NULL,
    words        TEXT    NOT NULL,
    why          TEXT    NOT NULL,
    due          TEXT    NOT NULL,
    extended     BOOLEAN NOT NULL,
    made_by      TEXT    NOT NULL,
    made_at      TEXT    NOT NULL,
    PRIMARY KEY (consultation, nr)
);

-- What a member says to a round: consents, does not, or has a conflict of interest. Rows are history: a later one of the same member counts instead.
-- registered is the office that wrote it down for the member, empty when the member's own office did.
CREATE TABLE consultation_consent (
    id           TEXT   NOT NULL PRIMARY KEY,
    consultation TEXT   NOT NULL REFERENCES consultation (id),
    nr           BIGINT NOT NULL,
    org          TEXT   NOT NULL REFERENCES organisation (id),
    answer       TEXT   NOT NULL CHECK (answer IN ('yes', 'no', 'conflict')),
    words        TEXT   NOT NULL,
    registered   TEXT   NOT NULL,
    given_by     TEXT   NOT NULL,
    given_at     TEXT   NOT NULL
);
CREATE INDEX consultation_consent_round ON consultation_consent (consultation, nr, given_at, id);

-- Input to the text of a round, and what was done with it.
CREATE TABLE consultation_input (
    id           TEXT   NOT NULL PRIMARY KEY,
    consultation TEXT   NOT NULL REFERENCES consultation (id),
    nr           BIGINT NOT NULL,
    org          TEXT   NOT NULL REFERENCES organisation (id),
    words        TEXT   NOT NULL,
    done         TEXT   NOT NULL,
    given_by     TEXT   NOT NULL,
    given_at     TEXT   NOT NULL,
    version      BIGINT NOT NULL
);
CREATE INDEX consultation_input_round ON consultation_input (consultation, nr, given_at, id);

-- A response that a member sends by itself, beside the joint one: what it says in short, and where it can be read.
CREATE TABLE consultation_own (
    id           TEXT NOT NULL PRIMARY KEY,
    consultation TEXT NOT NULL REFERENCES consultation (id),
    org          TEXT NOT NULL REFERENCES organisation (id),
    day          TEXT NOT NULL,
    words        TEXT NOT NULL,
    link         TEXT NOT NULL,
    recorded_by  TEXT NOT NULL,
    recorded_at  TEXT NOT NULL
);
CREATE INDEX consultation_own_of ON consultation_own (consultation, day, id);
