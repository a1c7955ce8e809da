package found

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/record"
)

const (
	meetingsAfter db.SQL      = `SELECT id FROM meeting WHERE id > $1 ORDER BY id LIMIT 25`
	lastMinutes   db.SQL      = `SELECT frozen FROM minutes_version WHERE meeting = $1 ORDER BY nr DESC LIMIT 1`
	fragFound     db.Fragment = "SELECT 1 FROM meeting AS m WHERE m.id = d.id"
	fragState     db.Fragment = "m.state"
)

// found are the states in which a meeting has something that all may read.
func found() []session.State {
	return []session.State{session.Sent, session.Opened, session.Held, session.Published, session.Approved, session.Cancelled}
}

// visible lets anybody find a meeting whose agenda has been sent: what it is found by is
// only what all may read.
func visible(w *db.Where, _ access.Actor) {
	var sent db.Where
	db.In(&sent, fragState, found())
	w.Exists(fragFound, sent)
}

// searched are the meetings with the neutral titles of the agenda that was sent last, and
// the decisions of the minutes that were published last, without those behind closed doors.
func searched(ctx context.Context, tx *db.Tx, ids []string) ([]object.Document, error) {
	list, err := session.Some(ctx, tx, ids, found()...)
	if err != nil {
		return nil, err
	}
	var out []object.Document
	for _, m := range list {
		d := object.Document{ID: string(m.ID), Title: i18n.Text{NB: m.BodyName + " " + m.Day.String()}, Day: m.Day, Words: strings.Join(append(m.JointNames, m.Place), " ")}
		now, err := session.ItemsOf(ctx, tx, m.ID)
		if err != nil {
			return nil, err
		}
		sent, err := session.EditionsForAll(ctx, tx, m.ID, now)
		if err != nil {
			return nil, err
		}
		var text []string
		if len(sent) > 0 {
			for _, i := range sent[0].Items {
				if !i.Withdrawn {
					text, d.Words = append(text, i.Title), d.Words+" "+i.Number
				}
			}
		}
		decided, err := published(ctx, tx, m, now)
		if err != nil {
			return nil, err
		}
		d.Text = i18n.Text{NB: strings.Join(append(text, decided...), "\n")}
		out = append(out, d)
	}
	return out, nil
}

// published are the open decisions of the minutes, as published last.
func published(ctx context.Context, tx *db.Tx, m session.Meeting, now []session.Item) ([]string, error) {
	if m.State != session.Published && m.State != session.Approved {
		return nil, nil
	}
	frozen, err := db.List[string](ctx, tx, lastMinutes, m.ID)
	if err != nil || len(frozen) == 0 {
		return nil, err
	}
	var b record.Book
	if err := json.Unmarshal([]byte(frozen[0]), &b); err != nil {
		return nil, fmt.Errorf("meeting %s: minutes: %w", m.ID, err)
	}
	closed := map[string]bool{}
	for _, i := range now {
		if i.IsClosed() {
			closed[string(i.ID)], closed[i.Number.String()] = true, true
		}
	}
	var out []string
	for _, i := range b.Items {
		if !i.Closed && !closed[i.Key()] {
			out = append(out, i.Title, i.Decision)
		}
	}
	return out, nil
}
