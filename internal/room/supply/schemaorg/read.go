package schemaorg

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/jsonld"
	"kompetansetorg/internal/room/supply/oeapi"
	"kompetansetorg/internal/room/supply/offer"
)

// ours is the address of a programme's page of ours, and of an offering on it.
var ours = regexp.MustCompile(`/tilbud/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:#t-([0-9a-f-]{36}))?$`)

// node is a thing of a document in the words of schema.org.
type node struct{ jsonld.Node }

// holders are the properties of what holds things: a list of items, and what a page is about.
var holders = []string{"itemListElement", "item", "mainEntity", "hasCourse"}

func nodes(data []byte) []jsonld.Node { return jsonld.Nodes(data, holders...) }

// Read makes a batch of a document, or of the list that Scripts gives of a page. Rows are
// numbered from 1 in the order of its courses; one that stands there twice counts once. The
// error is a fault about the file as a whole; what is wrong with a single course becomes a
// refused line.
func Read(data []byte, source string, provider org.ID, publish bool) (batch.Batch, error) {
	if !json.Valid(data) {
		return batch.Batch{}, fault.New(fault.Invalid, "supply.error.json", "row", 0)
	}
	b := oeapi.NewBuilder(source, provider, publish)
	var offerings []oeapi.Offering
	rows, shared := map[string]int{}, map[string]int{}
	for _, x := range nodes(data) {
		n := node{x}
		if !n.Is("Course", "EducationalOccupationalProgram") {
			if !n.Has(holders...) {
				b.Skip(n.Types()...)
			}
			continue
		}
		p := n.programme()
		row := len(rows) + 1
		if p.ID == "" {
			p.ID = "#" + strconv.Itoa(row)
		}
		if _, twice := rows[p.ID]; twice {
			continue
		}
		rows[p.ID] = row
		b.Programme(row, p)
		for _, o := range n.offerings(p) {
			shared[o.ID]++
			offerings = append(offerings, o)
		}
	}
	for _, o := range offerings {
		// An address of several is where one signs up.
		if shared[o.ID] > 1 {
			o.ID = ""
		}
		b.Offering(rows[o.ProgrammeID], o)
	}
	if b.IsEmpty() {
		types := b.Batch().Skipped
		return batch.Batch{}, fault.New(fault.Invalid, "supply.error.no_courses", "types", strings.Join(types[:min(len(types), most)], ", "))
	}
	return b.Batch(), nil
}

// most is how many types are named when there is no course.
const most = 5

// called is the id of a course: that of ours, else what the page says names it.
func (n node) called() string {
	at := n.Address()
	for _, w := range []string{at, n.Word("url")} {
		if m := ours.FindStringSubmatch(w); m != nil {
			return m[1]
		}
	}
	return cmp.Or(at, n.Word("url", "identifier", "courseCode", "programId", "name"))
}

// programme is a course in the words of OEAPI.
func (n node) programme() oeapi.Programme {
	language := string(i18n.NB)
	if l := n.Word("inLanguage"); strings.HasPrefix(l, "nn") || strings.HasPrefix(l, "en") {
		language = l[:2]
	}
	out := oeapi.Programme{ID: n.called(), Type: "programme", Name: n.Texts("name", language), Description: n.Texts("description", language), TeachingLanguages: n.Words("inLanguage"),
		LevelOfQualification: eqf(n.Word("educationalLevel")), Link: page(n)}
	out.Level = level(n.Word("educationalLevel"))
	out.PrimaryCode.Code = n.Word("courseCode")
	for _, key := range []string{"coursePrerequisites", "programPrerequisites"} {
		if t := n.Texts(key, language); len(t) > 0 {
			out.AdmissionRequirements = t
		}
	}
	out.Outcomes = n.Each("teaches", language)
	credits := n.Thing("numberOfCredits")
	unit, points := unitOf(credits.Word("unitText", "unitCode", "name")), credits.Word("value")
	if credits == nil {
		unit, points = "ects", n.Word("numberOfCredits")
	}
	if v, err := strconv.ParseFloat(points, 64); err == nil && v > 0 && unit != "" {
		out.StudyLoad = []oeapi.Load{{Unit: unit, Value: v}}
	}
	return out
}

// page is the page of a course, when it is another's: ours is where it is read now.
func page(n node) string {
	if at := n.Word("url", "@id"); strings.HasPrefix(at, "http") && !ours.MatchString(at) {
		return at
	}
	return ""
}

// offerings are the instances of a course; a programme with days of its own is one itself.
func (n node) offerings(p oeapi.Programme) []oeapi.Offering {
	var out []oeapi.Offering
	for _, x := range n.Things("hasCourseInstance") {
		out = append(out, node{x}.offering(p, n))
	}
	if len(out) == 0 && n.Is("EducationalOccupationalProgram") && n.Word("startDate", "applicationDeadline") != "" {
		o := n.offering(p, n)
		o.ID = p.ID + "#1"
		out = append(out, o)
	}
	return out
}

// offering is an instance in the words of OEAPI. Where it says nothing of the price or where
// one applies, the course may.
func (n node) offering(p oeapi.Programme, course node) oeapi.Offering {
	out := oeapi.Offering{ProgrammeID: p.ID, Name: p.Name, Start: n.Day("startDate"), End: n.Day("endDate"), Link: p.Link}
	at := cmp.Or(n.Address(), n.Word("url"))
	if m := ours.FindStringSubmatch(at); m != nil {
		at = m[2]
	}
	if out.ID = at; at == p.ID || at == p.Link {
		out.ID = ""
	}
	for _, m := range append(n.Words("courseMode"), n.Words("educationalProgramMode")...) {
		if d := mode(m); d != "" {
			out.ModesOfDelivery = append(out.ModesOfDelivery, d)
		}
	}
	slices.SortStableFunc(out.ModesOfDelivery, func(a, b string) int { return slices.Index(strongest, a) - slices.Index(strongest, b) })
	if v, err := strconv.ParseFloat(n.Word("maximumAttendeeCapacity"), 64); err == nil {
		out.Max = &v
	}
	if strings.HasSuffix(n.Word("eventStatus"), "EventCancelled") {
		out.State = string(offer.Cancelled)
	}
	offers := n.Things("offers")
	if len(offers) == 0 {
		offers = course.Things("offers")
	}
	out.ApplyBy = n.Day("applicationDeadline")
	for _, x := range offers {
		if amount := x.Word("price", "lowPrice"); amount != "" && len(out.Prices) == 0 {
			out.Prices = []oeapi.Cost{{Type: "total_costs", Amount: amount, Currency: x.Word("priceCurrency")}}
			out.PriceYear = year(x.Word("validFrom"))
		}
		out.ApplyBy = cmp.Or(x.Day("validThrough", "availabilityEnds"), out.ApplyBy)
	}
	return out
}

// year is the year that a day begins with, or that is written by itself; 0 for others.
func year(s string) int {
	n, err := strconv.Atoi(s[:min(len(s), len("2006"))])
	if err != nil || n < 2000 || n > 2100 {
		return 0
	}
	return n
}

// strongest are the ways of teaching, the one that says most first.
var strongest = []string{"work_based", "blended", "online", "presential"}

// mode is a way of teaching in the words of OEAPI, empty when it says nothing we know.
func mode(s string) string {
	s = strings.ToLower(s)
	for _, x := range []struct{ has, is string }{{"workplace", "work_based"}, {"blended", "blended"}, {"mixed", "blended"}, {"hybrid", "blended"}, {"online", "online"}, {"distance", "online"}, {"nett", "online"},
		{"onsite", "presential"}, {"on-site", "presential"}, {"campus", "presential"}} {
		if strings.Contains(s, x.has) {
			return x.is
		}
	}
	return ""
}

// qualification finds a level of the European or the Norwegian framework.
var qualification = regexp.MustCompile(`(?i)(?:eqf|nkr)[\s:_-]*([2-8])`)

func eqf(s string) string {
	if m := qualification.FindStringSubmatch(s); m != nil {
		return "eqf_" + m[1]
	}
	return ""
}

// level is a level in the words of OEAPI, by the words that pages use for it.
func level(s string) string {
	s = strings.ToLower(s)
	for _, x := range []struct {
		level string
		words []string
	}{{"x-no-fagskole", []string{"fagskole", "fagskule", "yrkesfaglig", "yrkesfagleg", "vocational college", "tertiary vocational"}}, {"x-no-fagbrev", []string{"fagbrev", "svennebrev", "sveinebrev", "trade certificate", "craft certificate"}},
		{"secondary_vocational_education", []string{"videregående", "vidaregåande", "upper secondary", "vgs"}}, {"master", []string{"master"}}, {"bachelor", []string{"høyere", "høgare", "higher education", "bachelor", "universitet", "university"}}} {
		for _, w := range x.words {
			if strings.Contains(s, w) {
				return x.level
			}
		}
	}
	return ""
}

// unitOf is a unit of credits in the words of OEAPI, empty for one we do not know.
func unitOf(s string) string {
	s = strings.ToLower(s)
	for _, x := range []struct{ has, is string }{{"fagskole", "x-no-fagskolepoeng"}, {"fagskule", "x-no-fagskolepoeng"}, {"vocational", "x-no-fagskolepoeng"}, {"studiepoeng", "ects"}, {"ects", "ects"}, {"credit", "ects"}, {"time", "hour"}, {"hour", "hour"}} {
		if strings.Contains(s, x.has) {
			return x.is
		}
	}
	return ""
}
