-- +goose Up
-- A region in the two levels of fora, under the forum of its county: how far it has come, and who says so. body is its own forum once it is established.
CREATE TABLE forum_region (
    region  TEXT   NOT NULL PRIMARY KEY,
    county  TEXT   NOT NULL REFERENCES body (id),
    state   TEXT   NOT NULL CHECK (state IN ('dialogue', 'wants', 'established', 'unwilling')),
    source  TEXT   NOT NULL,
    day     TEXT,
    body    TEXT   UNIQUE REFERENCES body (id),
    version BIGINT NOT NULL
);
CREATE INDEX forum_region_county ON forum_region (county, region);

-- What was said of the region before and now. Rows never change.
CREATE TABLE forum_region_step (
    id          TEXT NOT NULL PRIMARY KEY,
    region      TEXT NOT NULL REFERENCES forum_region (region),
    state       TEXT NOT NULL,
    source      TEXT NOT NULL,
    day         TEXT,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL
);
CREATE INDEX forum_region_step_region ON forum_region_step (region, id);

-- A version of a forum's mandate or partnership agreement. Rows never change; a new version has the next nr of its kind.
CREATE TABLE forum_document (
    id          TEXT   NOT NULL PRIMARY KEY,
    body        TEXT   NOT NULL REFERENCES body (id),
    kind        TEXT   NOT NULL CHECK (kind IN ('mandate', 'agreement')),
    nr          BIGINT NOT NULL,
    title       TEXT   NOT NULL,
    words       TEXT   NOT NULL,
    valid_from  TEXT   NOT NULL,
    adopted_by  TEXT   NOT NULL,
    recorded_by TEXT   NOT NULL,
    recorded_at TEXT   NOT NULL,
    UNIQUE (body, kind, nr)
);

-- A partner's signature under a version, or that it will not sign. office is a title, never a name.
CREATE TABLE forum_signature (
    document    TEXT NOT NULL REFERENCES forum_document (id),
    org         TEXT NOT NULL REFERENCES organisation (id),
    state       TEXT NOT NULL CHECK (state IN ('signed', 'declined')),
    day         TEXT NOT NULL,
    office      TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (document, org)
);
CREATE INDEX forum_signature_org ON forum_signature (org, document);

-- What a partner does itself for competence in the forum's area.
CREATE TABLE forum_effort (
    id         TEXT   NOT NULL PRIMARY KEY,
    body       TEXT   NOT NULL REFERENCES body (id),
    org        TEXT   NOT NULL REFERENCES organisation (id),
    title      TEXT   NOT NULL,
    words      TEXT   NOT NULL,
    field      TEXT   NOT NULL,
    from_day   TEXT,
    to_day     TEXT,
    link       TEXT   NOT NULL,
    created_by TEXT   NOT NULL,
    created_at TEXT   NOT NULL,
    version    BIGINT NOT NULL
);
CREATE INDEX forum_effort_body ON forum_effort (body, id);
CREATE INDEX forum_effort_org ON forum_effort (org, id);

-- A good example that others can learn from. contact is an office, never a person. meeting is the one that it is lifted in, NULL for none.
CREATE TABLE forum_example (
    id         TEXT    NOT NULL PRIMARY KEY,
    body       TEXT    NOT NULL REFERENCES body (id),
    org        TEXT    NOT NULL REFERENCES organisation (id),
    title      TEXT    NOT NULL,
    done       TEXT    NOT NULL,
    result     TEXT    NOT NULL,
    transfer   TEXT    NOT NULL,
    contact    TEXT    NOT NULL,
    lifted     BOOLEAN NOT NULL,
    created_by TEXT    NOT NULL,
    created_at TEXT    NOT NULL,
    version    BIGINT  NOT NULL
);
CREATE INDEX forum_example_body ON forum_example (body, lifted, id);
CREATE INDEX forum_example_org ON forum_example (org, id);

-- A round where all partners of a forum answer the same questions. summary is the secretary's, for the annex.
CREATE TABLE forum_round (
    id         TEXT   NOT NULL PRIMARY KEY,
    body       TEXT   NOT NULL REFERENCES body (id),
    title      TEXT   NOT NULL,
    due        TEXT   NOT NULL,
    state      TEXT   NOT NULL CHECK (state IN ('open', 'closed')),
    summary    TEXT   NOT NULL,
    created_by TEXT   NOT NULL,
    created_at TEXT   NOT NULL,
    version    BIGINT NOT NULL
);
CREATE INDEX forum_round_body ON forum_round (body, id);

-- Its questions. Rows never change once the round is out.
CREATE TABLE forum_question (
    round TEXT   NOT NULL REFERENCES forum_round (id),
    nr    BIGINT NOT NULL,
    words TEXT   NOT NULL,
    PRIMARY KEY (round, nr)
);

-- What a partner answers to a question.
CREATE TABLE forum_answer (
    round       TEXT   NOT NULL REFERENCES forum_round (id),
    org         TEXT   NOT NULL REFERENCES organisation (id),
    nr          BIGINT NOT NULL,
    words       TEXT   NOT NULL,
    answered_by TEXT   NOT NULL,
    answered_at TEXT   NOT NULL,
    PRIMARY KEY (round, org, nr)
);
CREATE INDEX forum_answer_org ON forum_answer (org, round);

-- Input from a region to the county's forum: from the region's own forum, or from an organisation of a region that has none. It moves by flow; reply is the
-- county forum's answer.
CREATE TABLE forum_input (
    id         TEXT   NOT NULL PRIMARY KEY,
    region     TEXT   NOT NULL REFERENCES forum_region (region),
    county     TEXT   NOT NULL REFERENCES body (id),
    body       TEXT   REFERENCES body (id),
    org        TEXT   NOT NULL REFERENCES organisation (id),
    title      TEXT   NOT NULL,
    words      TEXT   NOT NULL,
    wanted     TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    reply      TEXT   NOT NULL,
    sent_at    TEXT   NOT NULL,
    replied_at TEXT,
    version    BIGINT NOT NULL
);
CREATE INDEX forum_input_county ON forum_input (county, state, id);
CREATE INDEX forum_input_region ON forum_input (region, id);
CREATE INDEX forum_input_org ON forum_input (org, id);

-- What a meeting did with a need that stood on its standing item. was is the state in which it came to the meeting, became that in which it left. A need
-- that is not here was not treated, and stands on the next agenda.
CREATE TABLE standing_need (
    meeting  TEXT NOT NULL REFERENCES meeting (id),
    need     TEXT NOT NULL REFERENCES need (id),
    was      TEXT NOT NULL,
    became   TEXT NOT NULL,
    noted_by TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    PRIMARY KEY (meeting, need)
);
CREATE INDEX standing_need_need ON standing_need (need, meeting);
