-- +goose Up
-- The county has a contact for a project, beside those who lead and steer it.
CREATE TABLE project_person (
    project  TEXT    NOT NULL REFERENCES project (id),
    nr       BIGINT  NOT NULL,
    sort     TEXT    NOT NULL CHECK (sort IN ('manager', 'steering', 'contact')),
    role     TEXT    NOT NULL,
    leads    BOOLEAN NOT NULL,
    share    BIGINT  NOT NULL,
    from_day TEXT,
    to_day   TEXT,
    PRIMARY KEY (project, nr)
);
INSERT INTO project_person (project, nr, sort, role, leads, share, from_day, to_day)
SELECT project, nr, sort, role, leads, share, from_day, to_day FROM project_member;
DROP TABLE project_member;
ALTER TABLE project_person RENAME TO project_member;

-- Reports of a project on somebody's form, one a year. day is the one that the register is asked about, due_on when it is to be there. answer is what is written on the form;
-- approved_ref is where the steering group approved it, receiver whom it was sent to.
CREATE TABLE report (
    id           TEXT   NOT NULL PRIMARY KEY,
    project      TEXT   NOT NULL REFERENCES project (id),
    form         TEXT   NOT NULL REFERENCES question_form (id),
    answer       TEXT   NOT NULL REFERENCES question_answer (id),
    year         BIGINT NOT NULL,
    day          TEXT   NOT NULL,
    due_on       TEXT,
    state        TEXT   NOT NULL CHECK (state IN ('draft', 'in_approval', 'approved', 'sent', 'received')),
    approved_on  TEXT,
    approved_ref TEXT   NOT NULL,
    sent_on      TEXT,
    receiver     TEXT   NOT NULL,
    made_by      TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    UNIQUE (project, form, year)
);

-- What a report seemed to contradict, and why it is right all the same. about is what the answers said then: when they say something else, nobody has accepted it.
CREATE TABLE report_accepted (
    report      TEXT NOT NULL REFERENCES report (id),
    remark      TEXT NOT NULL,
    about       TEXT NOT NULL,
    words       TEXT NOT NULL,
    accepted_by TEXT NOT NULL,
    accepted_at TEXT NOT NULL,
    PRIMARY KEY (report, remark)
);
