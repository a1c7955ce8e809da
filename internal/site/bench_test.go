package site_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/intake"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/site/sitetest"
)

// many is how many needs and how many offerings the benchmarks run over.
const many = 20_000

// subjects are what the made-up needs and programmes vary over.
var subjects = []string{"sveise rustfritt stål", "styre saga på høvleriet", "føre regnskap og lønn", "stelle eldre med demens", "programmere styringen på linja",
	"kjøre gravemaskin", "lage ost av egen melk", "guide gjester på fjellet", "drifte vannverket", "behandle byggesaker i kommunen", "montere varmepumper", "lede folk på merdkanten"}

// filled is a house with 20,000 needs and 20,000 offerings, put in through the
// same use cases as people's.
func filled(b *testing.B) *sitetest.House {
	b.Helper()
	h := sitetest.New(b)
	places := h.Places.On(h.Today()).List("50")
	needs(b, h, places)
	offerings(b, h, places)
	b.Logf("filled with %d needs and %d offerings", many, many)
	return h
}

func needs(b *testing.B, h *sitetest.House, places []place.Municipality) {
	b.Helper()
	adviser := h.Actor("adviser")
	for from := 0; from < many; from += 1000 {
		list := make([]intake.Row, 0, 1000)
		for i := from; i < from+1000; i++ {
			list = append(list, intake.Row{Nr: i + 1, Organisation: "Eksempel Sag og Høvleri AS", Content: need.Content{
				Text: fmt.Sprintf("Vi trenger %d personer som kan %s, sak %d", i%7+1, subjects[i%len(subjects)], i), Municipality: string(places[i%len(places)].Number),
				Headcount: i%7 + 1, Lang: "nb", Concepts: []need.Concept{{Scheme: "styrk08", Code: "8172", Chosen: need.Linked}}}})
		}
		result, err := h.Intake.Import(context.Background(), adviser, list, intake.Options{MandateGround: "Avtalt"})
		if err != nil || result.OK != len(list) {
			b.Fatalf("needs from %d: %v, %d of %d", from, err, result.OK, len(list))
		}
	}
}

func offerings(b *testing.B, h *sitetest.House, places []place.Municipality) {
	b.Helper()
	provider := h.Actor("provider")
	mine := provider.Orgs(access.RoleProviderUser)[0]
	for from := 0; from < many/2; from += 1000 {
		file := batch.Batch{Source: "benchmark", Provider: mine, Publish: true}
		for i := from; i < from+1000; i++ {
			title := fmt.Sprintf("Kurs %d: %s", i, subjects[i%len(subjects)])
			p := batch.Programme{Row: i + 1, SourceID: fmt.Sprint(i), Title: title, Fill: func(p *offer.Programme) error {
				p.Title, p.Level, p.Description = i18n.Text{NB: title}, offer.Kurs, i18n.Text{NB: "Du lærer å " + subjects[i%len(subjects)] + " i egen bedrift."}
				return nil
			}}
			for j := range 2 {
				p.Offerings = append(p.Offerings, batch.Offering{Row: i + 1, SourceID: fmt.Sprintf("%d-%d", i, j), Fill: func(o *offer.Offering) error {
					o.StartType, o.Delivery, o.Channel, o.MaxPlaces = offer.Rolling, offer.Mixed, offer.Here, 20
					o.Gatherings = []offer.Gathering{{Municipality: places[(i+j)%len(places)].Number, Days: 2}}
					return nil
				}})
			}
			file.Programmes = append(file.Programmes, p)
		}
		plan, err := batch.New(h.Supply).Import(context.Background(), provider, file)
		if err != nil || plan.Count(batch.LineRefused) > 0 {
			b.Fatalf("offerings from %d: %v, %d refused", from, err, plan.Count(batch.LineRefused))
		}
	}
}

// signedIn is the cookie of a demo role.
func signedIn(b *testing.B, h http.Handler, role string) string {
	b.Helper()
	r := httptest.NewRequest("POST", "/demo/rolle", strings.NewReader(url.Values{"role": {role}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	cookie, _, _ := strings.Cut(w.Header().Get("Set-Cookie"), ";")
	if cookie == "" {
		b.Fatalf("no session for %s: %d", role, w.Code)
	}
	return cookie
}

// get asks for a path again and again, from many readers at once.
func get(b *testing.B, h http.Handler, path, cookie string) {
	b.Helper()
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			r := httptest.NewRequest("GET", path, nil)
			r.Header.Set("Cookie", cookie)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				b.Errorf("%s: %d", path, w.Code)
				return
			}
		}
	})
}

// BenchmarkHouse measures what design promises over 20,000 needs and 20,000
// offerings. The lists are asked for through everything a request passes: with
// sign-in, visibility, filters and total.
func BenchmarkHouse(b *testing.B) {
	h := filled(b)
	handler := h.Handler()
	cookie := signedIn(b, handler, "adviser")
	b.Run("list of needs, JSON, 20 rows", func(b *testing.B) { get(b, handler, "/api/v1/needs?limit=20", cookie) })
	b.Run("list of needs, page", func(b *testing.B) { get(b, handler, "/behov?limit=20", cookie) })
	b.Run("list of needs, page, filtered", func(b *testing.B) { get(b, handler, "/behov?municipality=5021&state=mapped", cookie) })
	b.Run("catalogue, page", func(b *testing.B) { get(b, handler, "/tilbud", cookie) })
	b.Run("match", func(b *testing.B) {
		actor := h.Actor("adviser")
		for i := 0; b.Loop(); i++ {
			if _, err := h.Match.Find(context.Background(), actor, match.Query{Text: "Vi må lære å " + subjects[i%len(subjects)], Municipality: "5021"}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
