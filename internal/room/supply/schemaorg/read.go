package schemaorg

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/supply/batch"
	"kompetansetorg/internal/room/supply/oeapi"
	"kompetansetorg/internal/room/supply/offer"
)

// ours is the address of a programme's page of ours, and of an offering on it.
var ours = regexp.MustCompile(`/tilbud/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:#t-([0-9a-f-]{36}))?$`)

// Read makes a batch of a document, or of the list that Scripts gives of a page. Rows are
// numbered from 1 in the order of its courses; one that stands there twice counts once. The
// error is a fault about the file as a whole; what is wrong with a single course becomes a
// refused line.
func Read(data []byte, source string, provider org.ID, publish bool) (batch.Batch, error) {
	if !json.Valid(data) {
		return batch.Batch{}, fault.New(fault.Invalid, "supply.error.json", "row", 0)
	}
	var file struct {
		Programmes []oeapi.Programme `json:"programmes"`
		Offerings  []oeapi.Offering  `json:"programmeOfferings"`
	}
	var types []string
	rows := map[string]int{}
	for _, n := range nodes(data) {
		if !n.is("Course", "EducationalOccupationalProgram") {
			types = append(types, n.words("@type")...)
			continue
		}
		p := n.programme()
		if _, twice := rows[p.ID]; twice {
			continue
		}
		rows[p.ID] = len(rows) + 1
		file.Programmes = append(file.Programmes, p)
		for i, o := range n.offerings(p) {
			o.ProgrammeID = p.ID
			if o.ID == "" {
				o.ID = p.ID + "#" + strconv.Itoa(i+1)
			}
			file.Offerings = append(file.Offerings, o)
		}
	}
	if len(file.Programmes) == 0 {
		return batch.Batch{}, fault.New(fault.Invalid, "supply.error.no_courses", "types", strings.Join(some(types), ", "))
	}
	out, err := json.Marshal(file)
	if err != nil {
		return batch.Batch{}, fault.Wrap(fault.Invalid, "supply.error.json", err, "row", 0)
	}
	b, err := oeapi.Read(out, source, provider, publish)
	for i, p := range b.Programmes {
		b.Programmes[i].Row = rows[p.SourceID]
		for j := range p.Offerings {
			p.Offerings[j].Row = rows[p.SourceID]
		}
	}
	return b, err
}

// most is how many types are named when there is no course.
const most = 5

func some(types []string) []string {
	slices.Sort(types)
	types = slices.Compact(types)
	return types[:min(len(types), most)]
}

// called is the id of a course or an instance: that of ours, else what the page says names it.
func (n node) called() string {
	for _, key := range []string{"@id", "url", "identifier", "courseCode", "programId", "name"} {
		w := n.word(key)
		if m := ours.FindStringSubmatch(w); m != nil {
			return m[1]
		}
		if w != "" {
			return w
		}
	}
	return ""
}

// texts are those of the property, in the language that they say or the one given.
func (n node) texts(key, language string) []oeapi.Text {
	var out []oeapi.Text
	for _, v := range many(n[key]) {
		t := oeapi.Text{Language: language, Value: word(v)}
		var x node
		if json.Unmarshal(v, &x) == nil && x["@language"] != nil {
			t.Language = x.word("@language")
		}
		if t.Value != "" && !slices.ContainsFunc(out, func(y oeapi.Text) bool { return y.Language == t.Language }) {
			out = append(out, t)
		}
	}
	return out
}

// programme is a course in the words of OEAPI.
func (n node) programme() oeapi.Programme {
	language := string(i18n.NB)
	if l := n.word("inLanguage"); strings.HasPrefix(l, "nn") || strings.HasPrefix(l, "en") {
		language = l[:2]
	}
	out := oeapi.Programme{ID: n.called(), Type: "programme", Name: n.texts("name", language), Description: n.texts("description", language), TeachingLanguages: n.words("inLanguage"),
		LevelOfQualification: eqf(n.word("educationalLevel")), Link: page(n)}
	out.Level = level(n.word("educationalLevel"))
	out.PrimaryCode.Code = n.word("courseCode")
	for _, key := range []string{"coursePrerequisites", "programPrerequisites"} {
		if t := n.texts(key, language); len(t) > 0 {
			out.AdmissionRequirements = t
		}
	}
	if c := n.things("numberOfCredits"); len(c) > 0 {
		if unit, points := unitOf(c[0].word("unitText", "unitCode", "name")), c[0].word("value"); unit != "" {
			if v, err := strconv.ParseFloat(points, 64); err == nil {
				out.StudyLoad = []oeapi.Load{{Unit: unit, Value: v}}
			}
		}
	} else if v, err := strconv.ParseFloat(n.word("numberOfCredits"), 64); err == nil && v > 0 {
		out.StudyLoad = []oeapi.Load{{Unit: "ects", Value: v}}
	}
	return out
}

// page is the page of a course, when it is another's: ours is where it is read now.
func page(n node) string {
	if at := n.word("url", "@id"); strings.HasPrefix(at, "http") && !ours.MatchString(at) {
		return at
	}
	return ""
}

// offerings are the instances of a course; a programme with days of its own is one itself.
func (n node) offerings(p oeapi.Programme) []oeapi.Offering {
	var out []oeapi.Offering
	for _, x := range n.things("hasCourseInstance") {
		out = append(out, x.offering(p, n))
	}
	if len(out) == 0 && n.is("EducationalOccupationalProgram") && n.word("startDate", "applicationDeadline") != "" {
		o := n.offering(p, n)
		o.ID = p.ID + "#1"
		out = append(out, o)
	}
	return out
}

// offering is an instance in the words of OEAPI. Where it says nothing of the price or where
// one applies, the course may.
func (n node) offering(p oeapi.Programme, course node) oeapi.Offering {
	out := oeapi.Offering{Name: p.Name, Start: day(n.word("startDate")), End: day(n.word("endDate")), Link: p.Link}
	at := n.word("@id", "url")
	if m := ours.FindStringSubmatch(at); m != nil {
		at = m[2]
	}
	if out.ID = at; at == p.ID || at == p.Link {
		out.ID = ""
	}
	for _, m := range append(n.words("courseMode"), n.words("educationalProgramMode")...) {
		if d := mode(m); d != "" {
			out.ModesOfDelivery = append(out.ModesOfDelivery, d)
		}
	}
	slices.SortStableFunc(out.ModesOfDelivery, func(a, b string) int { return slices.Index(strongest, a) - slices.Index(strongest, b) })
	if v, err := strconv.ParseFloat(n.word("maximumAttendeeCapacity"), 64); err == nil {
		out.Max = &v
	}
	if strings.HasSuffix(n.word("eventStatus"), "EventCancelled") {
		out.State = string(offer.Cancelled)
	}
	offers := n.things("offers")
	if len(offers) == 0 {
		offers = course.things("offers")
	}
	by := day(n.word("applicationDeadline"))
	for _, x := range offers {
		if amount := x.word("price", "lowPrice"); amount != "" && len(out.Prices) == 0 {
			out.Prices = []oeapi.Cost{{Type: "total_costs", Amount: amount, Currency: x.word("priceCurrency")}}
		}
		if d := day(x.word("validThrough", "availabilityEnds")); d != "" {
			by = d
		}
	}
	if by != "" {
		period := oeapi.Enrolment{End: by}
		if out.Link != "" {
			period.Type, period.URL = "url", out.Link
		}
		out.EnrolmentPeriods = []oeapi.Enrolment{period}
	}
	return out
}

// day is a day or a moment without what some write after it.
func day(s string) string {
	if len(s) > len("2006-01-02") && s[10] != 'T' {
		return s[:10]
	}
	return s
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
