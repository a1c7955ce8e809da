package followweb

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"time"

	ical "github.com/arran4/golang-ical"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
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

// host is the domain of the service, the last part of ids that are to be unique
// in the world.
func (p *pages) host() string {
	u, err := url.Parse(p.PublicURL)
	if err != nil || u.Hostname() == "" {
		return "localhost"
	}
	return u.Hostname()
}

// calendar answers the deadlines as RFC 5545: whole days, each with an id that
// stays, a number that grows with every change, and cancelled when it has been
// dealt with.
func (p *pages) calendar(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	f, t, err := p.read(r, ".ics")
	if err != nil {
		return err
	}
	cal := ical.NewCalendarFor("-//Kompetansetorg//Frister//" + strings.ToUpper(string(t.Language())))
	cal.SetMethod(ical.MethodPublish)
	cal.SetName(t.T("follow.calendar.name", "title", p.title(t, f)))
	cal.SetXWRCalName(t.T("follow.calendar.name", "title", p.title(t, f)))
	cal.SetXWRTimezone("Europe/Oslo")
	cal.SetRefreshInterval("PT1H")
	for _, d := range f.Dates {
		p.addDate(cal, t, d)
	}
	headers(w, "text/calendar; charset=utf-8")
	return cal.SerializeTo(w, ical.WithNewLineWindows)
}

func (p *pages) addDate(cal *ical.Calendar, t i18n.Printer, d follow.Deadline) {
	what, next := p.sentence(t, d.Notice)
	e := cal.AddEvent(d.UID + "@" + p.host())
	e.SetDtStampTime(d.Updated.Std())
	e.SetLastModifiedAt(d.Updated.Std())
	e.SetSequence(d.Sequence)
	day := time.Date(d.Due.Year(), d.Due.Month(), d.Due.Day(), 0, 0, 0, 0, time.UTC)
	e.SetAllDayStartAt(day)
	e.SetAllDayEndAt(day.AddDate(0, 0, 1))
	e.SetSummary(t.T("follow.calendar.due", "title", name(t, d.Card)))
	e.SetDescription(what + " " + next)
	e.SetURL(p.PublicURL + p.Objects.Href(d.Event.Subject))
	e.SetTimeTransparency(ical.TransparencyTransparent)
	e.SetStatus(ical.ObjectStatusConfirmed)
	if d.Cancelled {
		e.SetStatus(ical.ObjectStatusCancelled)
	}
}

// atomFeed and atomEntry are RFC 4287.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomAuthor  `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

// feed answers what happened as Atom. The id of the feed is made of the topic
// and not of the secret, which can be made anew.
func (p *pages) feed(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	f, t, err := p.read(r, ".atom")
	if err != nil {
		return err
	}
	tag := "tag:" + p.host() + ",2026:"
	out := atomFeed{Lang: string(t.Language()), ID: tag + "varsler/" + url.PathEscape(strings.Join([]string{string(f.Topic.Target), f.Topic.Kind, f.Topic.Ref}, ":")),
		Title: t.T("follow.feed.name", "title", p.title(t, f)), Author: atomAuthor{t.T("site.name")},
		Links: []atomLink{{Rel: "self", Href: p.PublicURL + r.URL.EscapedPath()}, {Rel: "alternate", Href: p.PublicURL + "/varsler"}}}
	latest := clock.At(time.Unix(0, 0))
	for _, n := range f.Entries {
		if n.Event.At.After(latest) {
			latest = n.Event.At
		}
		what, next := p.sentence(t, n)
		out.Entries = append(out.Entries, atomEntry{ID: tag + "hendelse/" + string(n.Event.ID), Title: name(t, n.Card), Updated: n.Event.At.Std().UTC().Format(time.RFC3339),
			Link: atomLink{Rel: "alternate", Href: p.PublicURL + p.Objects.Href(n.Event.Subject)}, Summary: what + " " + next})
	}
	out.Updated = latest.Std().UTC().Format(time.RFC3339)
	body, err := xml.MarshalIndent(out, "", " ")
	if err != nil {
		return err
	}
	headers(w, "application/atom+xml; charset=utf-8")
	_, err = w.Write(append([]byte(xml.Header), body...))
	return err
}
