package openweb

import (
	"net/http"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/feed"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/public"
	"kompetansetorg/internal/room/meeting/session"
)

// daysBack is how far back calendars go.
const daysBack = 400

// about is what a feed or a calendar is of: one body, or all of them when the path names
// none. name is empty then.
func (p *pages) about(r *http.Request) (b meeting.BodyID, name, page string, err error) {
	if r.PathValue("id") == "" {
		return "", "", "/moter", nil
	}
	if b, err = meeting.ParseBodyID(r.PathValue("id")); err != nil {
		return "", "", "", fault.Missing()
	}
	d, err := p.Bodies.Get(r.Context(), b)
	return b, d.Name, "/organ/" + string(b), err
}

// calendar is the meetings of a body, or of all. What is on the agendas is not in it, and
// neither is the way into a remote meeting.
func (p *pages) calendar(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	b, name, _, err := p.about(r)
	if err != nil {
		return err
	}
	list, err := p.Public.Meetings(r.Context(), session.Filter{Body: b, From: p.Clock.Today().AddDays(-daysBack)})
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	cal := feed.Calendar{Product: "Møter", Lang: string(t.Language()), Name: t.T("open.calendar.all")}
	if name != "" {
		cal.Name = t.T("open.calendar.body", "body", name)
	}
	for _, m := range list {
		cal.Events = append(cal.Events, public.Event(t, p.PublicURL, p.Clock.Now(), m))
	}
	headers(w, feed.CalendarType)
	return cal.Write(w)
}

// headers let anybody keep a copy, if he asks each time whether it is still so: what is
// closed must not live on in a copy.
func headers(w http.ResponseWriter, contentType string) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Cache-Control", "no-cache")
}

// news is what happened in a body, or in all, as Atom.
func (p *pages) news(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	b, name, page, err := p.about(r)
	if err != nil {
		return err
	}
	list, err := p.Public.News(r.Context(), b)
	if err != nil {
		return err
	}
	t, tag := p.door.Printer(r), feed.Tag(p.PublicURL)
	out := feed.Atom{Lang: string(t.Language()), ID: tag + strings.TrimPrefix(page, "/"), Title: t.T("open.feed.all"), Author: t.T("site.name"),
		Self: p.PublicURL + r.URL.EscapedPath(), Alternate: p.PublicURL + page}
	if name != "" {
		out.Title = t.T("open.feed.body", "body", name)
	}
	for _, n := range list {
		e := p.entry(t, n)
		e.ID, e.Updated = tag+e.ID, n.At
		out.Entries = append(out.Entries, e)
	}
	body, err := out.Bytes()
	if err != nil {
		return err
	}
	headers(w, feed.AtomType)
	_, err = w.Write(body)
	return err
}

// entry puts what happened in words. Its id names the thing and the version.
func (p *pages) entry(t i18n.Printer, n public.News) feed.Entry {
	nr := "/" + strconv.Itoa(n.Nr)
	at := p.PublicURL + "/moter/" + string(n.Meeting.ID)
	switch n.What {
	case public.AgendaSent:
		return feed.Entry{ID: "saksliste/" + string(n.Meeting.ID) + nr, Title: t.T("open.news.agenda", "body", n.Meeting.BodyName, "date", n.Meeting.Day), Link: at,
			Summary: join(n.Why, agendaLines(t, n.Items))}
	case public.MinutesOut:
		return feed.Entry{ID: "motebok/" + string(n.Meeting.ID) + nr, Title: t.T("open.news.minutes", "body", n.Meeting.BodyName, "date", n.Meeting.Day), Link: at + "/motebok",
			Summary: join(n.Why, bookLines(t, n))}
	case public.WasCancelled:
		return feed.Entry{ID: "avlyst/" + string(n.Meeting.ID), Title: t.T("open.news.cancelled", "body", n.Meeting.BodyName, "date", n.Meeting.Day), Link: at, Summary: n.Why}
	}
	return feed.Entry{ID: "sak/" + string(n.Case.ID) + nr, Title: n.Case.Number.String() + " " + n.Case.Title, Link: p.PublicURL + "/saker/" + string(n.Case.ID),
		Summary: join(t.T("open.news.paper", "nr", n.Nr, "body", n.Case.BodyName), n.Why)}
}

func join(parts ...string) string {
	var out []string
	for _, s := range parts {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, "\n")
}

func agendaLines(t i18n.Printer, list []session.FrozenItem) string {
	var out []string
	for _, i := range list {
		name := i.Title
		if name == "" {
			name = t.T(i.Label())
		}
		if i.Withdrawn {
			name = t.T("open.news.withdrawn", "title", name)
		}
		out = append(out, i.Number+" "+name)
	}
	return strings.Join(out, "\n")
}

func bookLines(t i18n.Printer, n public.News) string {
	var out []string
	for _, i := range n.Book.Items {
		name := i.Title
		if name == "" && i.Label != "" {
			name = t.T(i.Label)
		}
		out = append(out, i.Number+" "+name)
	}
	return strings.Join(out, "\n")
}
