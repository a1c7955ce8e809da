package caseweb

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/financing"
)

// lines of a plan that the form has room for, beyond those that are filled.
const spareLines = 2

// mostLines is how many lines of a kind a posted plan may have.
const mostLines = 40

// planForm is the editor of the financing plan: costs, sources, what the scheme
// asks, and a proviso. The fields have the names that the plan's own faults use.
func (p *pages) planForm(r *http.Request, actor access.Actor) (asked, error) {
	d, err := p.writing(r, actor)
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	nCosts, nSources := len(d.Plan.Costs)+spareLines, len(d.Plan.Sources)+spareLines
	if r.Method == http.MethodPost { // as many as were shown
		nCosts, nSources = posted(r.PostForm, "costs", nCosts), posted(r.PostForm, "sources", nSources)
	}
	groups := append(costFields(t, d.Plan.Costs, nCosts), sourceFields(t, d.Plan.Sources, nSources)...)
	return asked{Title: t.T(planLabel(d)), Lead: t.T("case.plan.lead"), Crumbs: crumbs(t, d), Back: path(d.ID) + "#plan", Submit: t.T("case.save"), Version: d.Version,
		Theirs: theirs{t.T("case.theirs"), planLines(t, d.Plan)}, Groups: append(groups, demandFields(t, d.Plan)...),
		Save: func(in *form.Input, values url.Values) (string, error) {
			plan, rows := p.readPlan(in, nCosts, nSources)
			if err := in.Err(); err != nil {
				return "", err
			}
			plan = keepUnasked(plan, d.Plan)
			return path(d.ID) + "?ok=case.said.saved#plan", planFault(p.Cases.SetPlan(r.Context(), actor, d.ID, seen(values), plan), rows)
		}}, nil
}

// planLabel is what it is called to write the plan: a case has none until somebody does.
func planLabel(d casework.Detail) i18n.Key {
	if d.HasPlan() {
		return "case.plan.edit"
	}
	return "case.plan.make"
}

// keepUnasked takes over from the plan before what the form does not ask of: the
// hours of a source that is as it was, and the finer points of what is required.
func keepUnasked(plan, before casework.Plan) casework.Plan {
	for i, s := range plan.Sources {
		for _, was := range before.Sources {
			if s.Name == was.Name && s.Kind == was.Kind && s.Amount == was.Amount {
				plan.Sources[i] = was
			}
		}
	}
	plan.Require.NoWork, plan.Require.RoundUp, plan.Require.Programme = before.Require.NoWork, before.Require.RoundUp, before.Require.Programme
	return plan
}

// planFault puts the faults of a plan at the rows of the form that its lines came
// from: rows are the names of those, by the names of the lines.
func planFault(err error, rows map[string]string) error {
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid {
		return err
	}
	var fs fault.Fields
	for _, x := range f.Fields {
		name := x.Name
		if i := strings.LastIndex(name, ".") + 1; rows[name[:i]] != "" {
			name = rows[name[:i]] + name[i:]
		}
		fs.Add(name, x.Key, x.Values...)
	}
	return fs.Err()
}

func posted(values url.Values, name string, least int) int {
	n := 0
	for n < mostLines && values.Has(name+"."+strconv.Itoa(n)+".name") {
		n++
	}
	return max(n, min(least, mostLines))
}

func kroner(n money.NOK) string {
	if n == 0 {
		return ""
	}
	out := strconv.FormatInt(int64(n)/100, 10)
	if rest := int64(n) % 100; rest != 0 {
		out += "," + string(rune('0'+rest/10)) + string(rune('0'+rest%10))
	}
	return out
}

func costFields(t i18n.Printer, list []financing.Cost, n int) []ui.Fieldset {
	var out []ui.Fieldset
	for i := range n {
		var c financing.Cost
		if i < len(list) {
			c = list[i]
		}
		at := "costs." + strconv.Itoa(i) + "."
		out = append(out, ui.Fieldset{Legend: t.T("case.plan.cost", "nr", i+1), Fields: []form.Field{{Name: at + "name", Kind: form.Text, Label: t.T("case.plan.what"), Value: c.Name},
			{Name: at + "amount", Kind: form.Money, Label: t.T("case.plan.amount"), Value: kroner(c.Amount)}}})
	}
	return out
}

func sourceFields(t i18n.Printer, list []financing.Source, n int) []ui.Fieldset {
	var out []ui.Fieldset
	for i := range n {
		s := financing.Source{Kind: financing.Grant}
		if i < len(list) {
			s = list[i]
		}
		at := "sources." + strconv.Itoa(i) + "."
		out = append(out, ui.Fieldset{Legend: t.T("case.plan.source", "nr", i+1), Fields: []form.Field{{Name: at + "name", Kind: form.Text, Label: t.T("case.plan.who"), Value: s.Name},
			{Name: at + "kind", Kind: form.Select, Label: t.T("case.plan.kind"), Options: options(t, "", financing.Kinds(), financing.Kind.Name, s.Kind)},
			{Name: at + "amount", Kind: form.Money, Label: t.T("case.plan.amount"), Value: kroner(s.Amount)}}})
	}
	return out
}

func demandFields(t i18n.Printer, plan casework.Plan) []ui.Fieldset {
	own := ""
	if plan.Require.Own > 0 {
		own = percent(plan.Require.Own)
	}
	base := func(b financing.Base, label i18n.Key) form.Option {
		return form.Option{Value: string(b), Label: t.T(label), Selected: plan.Require.Base == b}
	}
	return []ui.Fieldset{
		{Legend: t.T("case.plan.required"), Fields: []form.Field{
			{Name: "own", Kind: form.Text, Label: t.T("case.plan.share"), Hint: t.T("case.plan.share.hint"), Value: own},
			{Name: "base", Kind: form.Select, Label: t.T("case.plan.base"), Options: []form.Option{base(financing.OfTotal, "case.plan.base.total"), base(financing.OfGrant, "case.plan.base.grant")}},
			{Name: "source", Kind: form.Text, Label: t.T("case.plan.origin"), Hint: t.T("case.plan.origin.hint"), Value: plan.Require.Source}}},
		{Legend: t.T("case.plan.proviso"), Hint: t.T("case.plan.proviso.hint"), Fields: []form.Field{
			{Name: "proviso.what", Kind: form.Text, Label: t.T("case.plan.proviso.what"), Value: plan.Proviso.What},
			{Name: "proviso.body", Kind: form.Text, Label: t.T("case.plan.proviso.body"), Value: plan.Proviso.Body},
			{Name: "proviso_case", Kind: form.Text, Label: t.T("case.plan.proviso.case"), Hint: t.T("case.plan.proviso.case.hint"), Value: plan.Proviso.Case},
			{Name: "proviso.expected", Kind: form.Date, Label: t.T("case.plan.proviso.expected"), Value: plan.Proviso.Expected.String()}}},
	}
}

// readPlan reads the filled lines; a line without name and amount is none. It also
// answers which row each line came from.
func (p *pages) readPlan(in *form.Input, nCosts, nSources int) (casework.Plan, map[string]string) {
	var out casework.Plan
	rows := map[string]string{}
	for i := range nCosts {
		at := "costs." + strconv.Itoa(i) + "."
		if c := (financing.Cost{Name: in.Text(at + "name"), Amount: in.Money(at + "amount")}); c != (financing.Cost{}) {
			rows["costs."+strconv.Itoa(len(out.Costs))+"."] = at
			out.Costs = append(out.Costs, c)
		}
	}
	for i := range nSources {
		at := "sources." + strconv.Itoa(i) + "."
		s := financing.Source{Name: in.Text(at + "name"), Amount: in.Money(at + "amount")}
		kind := financing.Kind(in.Choice(at+"kind", strs(financing.Kinds())...))
		if s != (financing.Source{}) {
			s.Kind = kind
			rows["sources."+strconv.Itoa(len(out.Sources))+"."] = at
			out.Sources = append(out.Sources, s)
		}
	}
	out.Require = financing.Requirement{Own: readShare(in, "own"), Base: financing.Base(in.Choice("base", string(financing.OfTotal), string(financing.OfGrant))), Source: in.Text("source")}
	if out.Require.Own == 0 {
		out.Require.Base = ""
	}
	out.Proviso = financing.Proviso{What: in.Text("proviso.what"), Body: in.Text("proviso.body"), Expected: in.Date("proviso.expected")}
	if s := in.Text("proviso_case"); s != "" {
		if ref, ok := p.Cases.Thing(s); ok {
			s = ref.ID
		}
		out.Proviso.Case = s
	}
	return out, rows
}

// percent is a share as it is written in the form, with as many decimals as it has.
func percent(s financing.Share) string {
	out := strconv.FormatInt(int64(s)/100, 10)
	if rest := fmt.Sprintf("%02d", int64(s)%100); rest != "00" {
		out += "," + strings.TrimRight(rest, "0")
	}
	return out
}

// writtenShare is a part in per cent, with two decimals at most after a comma or a full stop.
var writtenShare = regexp.MustCompile(`^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$`)

// readShare reads such a part; what is left empty asks nothing.
func readShare(in *form.Input, name string) financing.Share {
	s := in.Text(name)
	if s == "" {
		return 0
	}
	m := writtenShare.FindStringSubmatch(s)
	if m == nil {
		in.Refuse(name, "case.plan.share.error")
		return 0
	}
	n, err := strconv.Atoi(m[1] + (m[2] + "00")[:2])
	if err != nil {
		in.Refuse(name, "case.plan.share.error")
	}
	return financing.Share(n)
}

// planLines are a plan in a few lines.
func planLines(t i18n.Printer, plan casework.Plan) []string {
	var out []string
	for _, c := range plan.Costs {
		out = append(out, c.Name+": "+t.Money(c.Amount))
	}
	for _, s := range plan.Sources {
		out = append(out, s.Name+": "+t.Money(s.Amount))
	}
	return out
}
