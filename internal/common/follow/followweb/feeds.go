package followweb

import (
	"net/http"
	"net/url"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/feed"
	"kompetansetorg/internal/kit/i18n"
)

// read finds the feed behind the secret in the address: a person's own, or that
// of one subscription. Both are written in the person's language.
func (p *pages) read(r *http.Request, ending string) (follow.Feed, i18n.Printer, error) {
	secret, ok := strings.CutSuffix(r.PathValue("file"), ending)
	if !ok {
		return follow.Feed{}, i18n.Printer{}, fault.Missing()
	}
	f, err := p.Follow.Personal(r.Context(), secret)
	if fault.Is(err, fault.NotFound) {
		f, err = p.Follow.OfTopic(r.Context(), secret)
	}
	if err != nil {
		return follow.Feed{}, i18n.Printer{}, err
	}
	return f, p.door.Texts.Printer(f.Settings.Lang), nil
}

// title is what the feed is called.
func (p *pages) title(t i18n.Printer, f follow.Feed) string {
	switch f.Topic.Target {
	case "":
		return t.T("follow.feed.mine")
	case follow.Object:
		return name(t, f.Card)
	}
	link, _ := p.placeLink(t, f.Topic)
	return link.Label
}

// headers are those of an address that only its owner knows: never kept by
// machines on the way, never found by search engines, never told to others.
func headers(w http.ResponseWriter, contentType string) {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Referrer-Policy", "no-referrer")
}

// calendar answers the deadlines as RFC 5545: whole days, each with an id that
// stays, a number that grows with every change, and cancelled when it has been
// dealt with.
func (p *pages) calendar(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	f, t, err := p.read(r, ".ics")
	if err != nil {
		return err
	}
	cal := feed.Calendar{Product: "Frister", Lang: string(t.Language()), Name: t.T("follow.calendar.name", "title", p.title(t, f))}
	for _, d := range f.Dates {
		what, next := p.sentence(t, d.Notice)
		cal.Events = append(cal.Events, feed.Event{UID: d.UID + "@" + feed.Host(p.PublicURL), Stamp: d.Updated, Changed: d.Updated, Sequence: d.Sequence, Day: d.Due,
			Summary: t.T("follow.calendar.due", "title", name(t, d.Card)), Description: what + " " + next, URL: p.PublicURL + p.Objects.Href(d.Event.Subject), Cancelled: d.Cancelled})
	}
	headers(w, feed.CalendarType)
	return cal.Write(w)
}

// feed answers what happened as Atom. The id of the feed is made of the topic
// and not of the secret, which can be made anew.
func (p *pages) feed(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	f, t, err := p.read(r, ".atom")
	if err != nil {
		return err
	}
	tag := feed.Tag(p.PublicURL)
	out := feed.Atom{Lang: string(t.Language()), ID: tag + "varsler/" + url.PathEscape(strings.Join([]string{string(f.Topic.Target), f.Topic.Kind, f.Topic.Ref}, ":")),
		Title: t.T("follow.feed.name", "title", p.title(t, f)), Author: t.T("site.name"), Self: p.PublicURL + r.URL.EscapedPath(), Alternate: p.PublicURL + "/varsler"}
	for _, n := range f.Entries {
		what, next := p.sentence(t, n)
		out.Entries = append(out.Entries, feed.Entry{ID: tag + "hendelse/" + string(n.Event.ID), Title: name(t, n.Card), Updated: n.Event.At,
			Link: p.PublicURL + p.Objects.Href(n.Event.Subject), Summary: what + " " + next})
	}
	body, err := out.Bytes()
	if err != nil {
		return err
	}
	headers(w, feed.AtomType)
	_, err = w.Write(body)
	return err
}
