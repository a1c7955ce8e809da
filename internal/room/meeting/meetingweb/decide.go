package meetingweb

import (
	"net/http"
	"net/url"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/floor"
	"kompetansetorg/internal/room/meeting/wording"
)

// notes are what a page offers beside a decision.
func notes(t i18n.Printer, none i18n.Key) []form.Option {
	return options(t, none, floor.Notes(), casework.Result.Label, "")
}

// decideForm records the decision, or that the item was noted or put off without one.
func (p *pages) decideForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treating(r, actor)
	if err != nil {
		return asked{}, err
	}
	results := notes(t, "meeting.decide.by_rules")
	if !d.Decides() {
		results = notes(t, "meeting.decide.noted")
	}
	proposed, err := p.proposed(r, actor, d)
	if err != nil {
		return asked{}, err
	}
	hint := t.T("meeting.hint.decision")
	if proposed != "" {
		hint += " " + t.T("meeting.hint.proposed")
	}
	return asked{Title: t.T("meeting.decide"), Lead: wording.Numbered(t, d.Item), Crumbs: wording.ItemCrumbs(t, d), Back: itemPath(d.Item, ""), Submit: t.T("meeting.save"), Version: d.Version,
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "words", Kind: form.Long, Rows: 8, Label: t.T("meeting.field.decision"), Hint: hint, Value: proposed, Required: true},
			{Name: "result", Kind: form.Select, Label: t.T("meeting.field.result"), Hint: t.T("meeting.hint.result"), Options: results}}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			words, result := in.Text("words"), casework.Result(in.Choice("result", strs(floor.Notes())...))
			if err := in.Err(); err != nil {
				return "", err
			}
			to := itemPath(d.Item, "?ok=meeting.said.decided")
			if result != "" {
				return to, p.Floor.Note(r.Context(), actor, d.ID, seen(values), result, words)
			}
			_, err := p.Floor.Decide(r.Context(), actor, d.ID, seen(values), words)
			return to, err
		}}, nil
}

// proposed is the recommendation as it was issued: what the body was asked to decide, and
// most often does.
func (p *pages) proposed(r *http.Request, actor access.Actor, d session.ItemDetail) (string, error) {
	if d.Case == "" {
		return "", nil
	}
	c, err := p.Cases.Get(r.Context(), actor, d.Case)
	if err != nil || c.Issued == nil {
		return "", err
	}
	words := c.Issued.Frozen.Recommended()
	if strings.Contains(words, "[[") {
		return "", nil // a figure from a register is no part of a decision
	}
	return words, nil
}

func (p *pages) treatedForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treating(r, actor)
	if err != nil {
		return asked{}, err
	}
	return asked{Title: t.T("meeting.treated.write"), Lead: wording.Numbered(t, d.Item), Crumbs: wording.ItemCrumbs(t, d), Back: itemPath(d.Item, ""), Submit: t.T("meeting.save"), Version: d.Version,
		Theirs: theirs{t.T("meeting.theirs"), wording.Lines(d.Treated)},
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "treated", Kind: form.Long, Rows: 10, Label: t.T("meeting.field.treated"), Hint: t.T("meeting.hint.treated"), Value: d.Treated}}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			return itemPath(d.Item, "?ok=meeting.said.saved"), p.Minutes.Write(r.Context(), actor, d.ID, seen(values), in.Text("treated"))
		}}, nil
}

func (p *pages) scopeForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treating(r, actor)
	if err != nil {
		return asked{}, err
	}
	scopes := []outcome.Scope{outcome.All, outcome.Some}
	return asked{Title: t.T("meeting.scope.set"), Lead: t.T("meeting.scope.lead"), Crumbs: wording.ItemCrumbs(t, d), Back: itemPath(d.Item, ""), Submit: t.T("meeting.save"), Version: d.Version,
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "scope", Kind: form.Radio, Label: t.T("meeting.field.scope"), Required: true,
			Options: options(t, "", scopes, func(s outcome.Scope) i18n.Key { return i18n.Key("meeting.scope." + string(s)) }, d.Scope)},
			{Name: "by", Kind: form.Text, Label: t.T("meeting.field.scope_by"), Hint: t.T("meeting.hint.scope_by"), Value: d.ScopeBy, Required: true}}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			scope, by := outcome.Scope(in.Choice("scope", strs(scopes)...)), in.Text("by")
			if err := in.Err(); err != nil {
				return "", err
			}
			return itemPath(d.Item, "?ok=meeting.said.saved"), p.Floor.SetScope(r.Context(), actor, d.ID, seen(values), scope, by)
		}}, nil
}

func (p *pages) doorsForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treating(r, actor)
	if err != nil {
		return asked{}, err
	}
	if !d.Rules.Elected {
		return asked{}, floor.NoDoors()
	}
	grounds, codes := []form.Option{{Label: t.T("meeting.choose"), Selected: d.Ground == ""}}, []string{}
	for _, g := range casework.MeetingGrounds() {
		grounds, codes = append(grounds, form.Option{Value: g.Code, Label: t.T(g.Label), Selected: g.Code == d.Ground}), append(codes, g.Code)
	}
	return asked{Title: t.T("meeting.doors.decide"), Lead: t.T("meeting.doors.lead"), Crumbs: wording.ItemCrumbs(t, d), Back: itemPath(d.Item, ""), Submit: t.T("meeting.save"), Version: d.Version,
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "for", Kind: form.Number, Label: t.T("meeting.field.for"), Required: true}, {Name: "against", Kind: form.Number, Label: t.T("meeting.field.against"), Required: true},
			{Name: "ground", Kind: form.Select, Label: t.T("meeting.field.ground"), Options: grounds}}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			yes, no, code := in.Int("for"), in.Int("against"), in.Choice("ground", codes...)
			if err := in.Err(); err != nil {
				return "", err
			}
			return itemPath(d.Item, "?ok=meeting.said.saved"), p.Floor.DecideDoors(r.Context(), actor, d.ID, seen(values), code, yes, no)
		}}, nil
}

func (p *pages) followUpForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treating(r, actor)
	if err != nil {
		return asked{}, err
	}
	return asked{Title: t.T("meeting.follow_up.add"), Lead: wording.Numbered(t, d.Item), Crumbs: wording.ItemCrumbs(t, d), Back: itemPath(d.Item, ""), Submit: t.T("meeting.save"),
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "what", Kind: form.Text, Label: t.T("meeting.field.what"), Required: true, MaxRunes: session.MaxLine},
			{Name: "org", Kind: form.Text, Label: t.T("meeting.field.org"), Hint: t.T("meeting.hint.org")}, {Name: "office", Kind: form.Text, Label: t.T("meeting.field.office"), Hint: t.T("meeting.hint.office")},
			{Name: "due", Kind: form.Date, Label: t.T("meeting.field.due")}}}},
		Save: func(in *form.Input, _ url.Values) (string, error) {
			f := session.FollowUp{What: in.Text("what"), Office: in.Text("office"), Due: in.Date("due")}
			if name := in.Text("org"); name != "" {
				o, err := p.Orgs.Find(r.Context(), name)
				if err != nil {
					in.Refuse("org", "org.error.unknown")
				}
				f.Org = o
			}
			if err := in.Err(); err != nil {
				return "", err
			}
			_, err := p.FollowUps.Add(r.Context(), actor, d.ID, f)
			return itemPath(d.Item, "?ok=meeting.said.added#followups"), err
		}}, nil
}
