-- +goose Up
-- What the cost of a programme is counted by. A row is never changed: a new value is a row of its own with the next number. On a day the row that began last
-- decides, and of those that began on the same day the one with the highest number. amount is in hundredths of the code's unit: øre for what is paid.
CREATE TABLE cost_rate (
    code       TEXT   NOT NULL CHECK (code IN ('car_km', 'passenger_km', 'road_factor', 'stay_from', 'lodging', 'board', 'workday')),
    nr         BIGINT NOT NULL,
    amount     BIGINT NOT NULL CHECK (amount >= 0),
    from_day   TEXT   NOT NULL,
    to_day     TEXT,
    source     TEXT   NOT NULL,
    checked_on TEXT   NOT NULL,
    written_by TEXT   NOT NULL,
    written_at TEXT   NOT NULL,
    PRIMARY KEY (code, nr)
);
-- Only what a source says plainly stands here from the start. Nights and board do not: the county writes them.
INSERT INTO cost_rate (code, nr, amount, from_day, to_day, source, checked_on, written_by, written_at) VALUES
    ('car_km', 1, 530, '2026-01-01', '2026-12-31', 'Statens særavtale om dekning av utgifter til reise og kost innenlands, gjengitt av Naturviterne: «Nye satser for kjøregodtgjørelse 2026» (naturviterne.no)', '2026-11-23', 'system:migration', '2026-11-23T05:00:00.000000Z'),
    ('passenger_km', 1, 100, '2026-01-01', '2026-12-31', 'Statens særavtale om dekning av utgifter til reise og kost innenlands, gjengitt av Naturviterne: «Nye satser for kjøregodtgjørelse 2026» (naturviterne.no)', '2026-11-23', 'system:migration', '2026-11-23T05:00:00.000000Z'),
    ('road_factor', 1, 130, '2026-01-01', NULL, 'antakelse', '2026-11-23', 'system:migration', '2026-11-23T05:00:00.000000Z'),
    ('stay_from', 1, 10000, '2026-01-01', NULL, 'antakelse', '2026-11-23', 'system:migration', '2026-11-23T05:00:00.000000Z'),
    ('workday', 1, 750, '2026-01-01', NULL, '37,5 timer i uka, som de fleste tariffavtaler har (NHO, arbinn.nho.no), delt på fem dager', '2026-11-23', 'system:migration', '2026-11-23T05:00:00.000000Z');
