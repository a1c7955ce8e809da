package feed

import (
	"encoding/xml"
	"net/url"
	"time"

	"kompetansetorg/internal/kit/clock"
)

// Atom is a feed. ID is unique in the world and never changes, Self is where the feed
// itself is fetched, Alternate the page that tells the same.
type Atom struct {
	Lang, ID, Title, Author string
	Self, Alternate         string
	Entries                 []Entry
}

// Entry is something that happened. ID is unique in the world and never changes.
type Entry struct {
	ID, Title, Link, Summary string
	Updated                  clock.Time
}

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

// AtomType is the media type of a feed.
const AtomType = "application/atom+xml; charset=utf-8"

// Bytes is the feed as a file. It was updated when its newest entry was; an empty one at
// the beginning of time.
func (a Atom) Bytes() ([]byte, error) {
	out := atomFeed{Lang: a.Lang, ID: a.ID, Title: a.Title, Author: atomAuthor{a.Author},
		Links: []atomLink{{Rel: "self", Href: a.Self}, {Rel: "alternate", Href: a.Alternate}}}
	newest := clock.At(time.Unix(0, 0))
	for _, e := range a.Entries {
		if e.Updated.After(newest) {
			newest = e.Updated
		}
		out.Entries = append(out.Entries, atomEntry{ID: e.ID, Title: e.Title, Updated: stamp(e.Updated), Link: atomLink{Rel: "alternate", Href: e.Link}, Summary: e.Summary})
	}
	out.Updated = stamp(newest)
	body, err := xml.MarshalIndent(out, "", " ")
	return append([]byte(xml.Header), body...), err
}

func stamp(t clock.Time) string { return t.Std().UTC().Format(time.RFC3339) }

// Tag begins ids of feeds and entries that are unique in the world (RFC 4151).
func Tag(publicURL string) string { return "tag:" + Host(publicURL) + ",2026:" }

// Host is the domain of the service, the last part of ids that are to be unique in the
// world.
func Host(publicURL string) string {
	u, err := url.Parse(publicURL)
	if err != nil || u.Hostname() == "" {
		return "localhost"
	}
	return u.Hostname()
}
