package supplyweb

import (
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/feed"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/supply/say"
)

// feedPath is the feed of what is newly offered; it takes the query of the list.
const feedPath = "/tilbud/nytt.atom"

// feedSize is the most entries of the feed.
const feedSize = 50

// News is that an offering was offered. ID is that of what happened.
type News struct {
	ID       string
	Offering offer.OfferingID
	At       clock.Time
}

// feedOf is the address of the feed of a list.
func feedOf(values url.Values) string {
	q := kept(values)
	q.Del("sort")
	return feedPath + query(q)
}

// feed answers what is newly offered as Atom, of what the list of the same
// address has: who follows a region or a field in another program. An offering
// is in it once, as it was last offered.
func (p *pages) feed(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	if p.News == nil {
		return fault.Missing()
	}
	f, hits, err := p.wanted(r)
	if err != nil {
		return err
	}
	news, err := p.News(r.Context())
	if err != nil {
		return err
	}
	found := map[offer.OfferingID]*supply.Item{}
	for _, h := range hits {
		found[h.Offering.ID] = h.Item
	}
	s, tag, here := p.speaker(r), feed.Tag(p.PublicURL), kept(r.URL.Query())
	out := feed.Atom{Lang: string(s.Language()), ID: tag + "tilbud/nytt" + query(here), Title: p.feedTitle(s, f), Author: s.T("site.name"),
		Self: p.PublicURL + feedPath + query(here), Alternate: p.PublicURL + "/tilbud" + query(here)}
	for _, n := range news {
		i := found[n.Offering]
		if i == nil || len(out.Entries) == feedSize {
			continue
		}
		delete(found, n.Offering)
		out.Entries = append(out.Entries, feed.Entry{ID: tag + "hendelse/" + n.ID, Title: s.Text(i.Programme.Title), Updated: n.At, Link: p.PublicURL + offeringPath(i.Offering),
			Summary: s.T("supply.feed.entry", "provider", i.Programme.ProviderName, "form", i.Offering.Delivery.Label(), "start", s.Start(*i.Offering, i.Earliest), "places", s.Meets(*i.Offering))})
	}
	body, err := out.Bytes()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", feed.AtomType)
	w.Header().Set("Cache-Control", "no-cache")
	_, err = w.Write(body)
	return err
}

// feedTitle names the region and the fields that the feed is of.
func (p *pages) feedTitle(s say.Speaker, f supply.Filter) string {
	var names []string
	if region, err := p.Places.Region(f.Region); err == nil {
		names = append(names, region.Name)
	}
	for _, field := range f.Fields {
		names = append(names, s.T(offer.FieldLabel(field)))
	}
	if len(names) == 0 {
		return s.T("supply.feed.title")
	}
	return s.T("supply.feed.title.of", "what", s.Join(names))
}
