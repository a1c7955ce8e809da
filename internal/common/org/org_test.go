package org_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
)

var day = clock.MustDate

// register is an empty register with the real municipalities.
type register struct {
	*org.Service
	t  *testing.T
	db *db.DB
}

func open(t *testing.T) register {
	t.Helper()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	d := dbtest.New(t)
	now := func() time.Time { return time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC) }
	return register{Service: org.New(d, now, func(n string) bool {
		_, err := places.Municipality(place.Number(n))
		return err == nil
	}), t: t, db: d}
}

var system = access.SystemActor("test")

// add registers as the system.
func (r register) add(in org.Registration) org.Organisation {
	r.t.Helper()
	o, err := r.Register(r.t.Context(), system, in)
	if err != nil {
		r.t.Fatal(err)
	}
	return o
}

func company(name, municipality string) org.Registration {
	return org.Registration{Kind: org.Company, Name: name, Municipality: municipality}
}

func as(role access.Role, o org.ID) access.Actor {
	return access.Actor{Account: access.NewAccountID(), Roles: []access.Assignment{{Role: role, Org: o}}}
}

// fields lists the names of the wrong fields.
func fields(err error) []string {
	var names []string
	if e, ok := fault.As(err); ok && e.Kind == fault.Invalid {
		for _, f := range e.Fields {
			names = append(names, f.Name)
		}
	}
	return names
}

func ministry() org.Registration {
	return org.Registration{Kind: org.Ministry, Municipality: "0301", Names: []org.Name{
		{Name: "Kommunal- og regionaldepartementet", Short: "KRD", To: day("2013-12-31")},
		{Name: "Kommunal- og moderniseringsdepartementet", Short: "KMD", From: day("2014-01-01"), To: day("2021-12-31")},
		{Name: "Kommunal- og distriktsdepartementet", Short: "KDD", From: day("2022-01-01")}}}
}

// TestTheMinistryHasTheNameOfTheDay is ORG-2.
func TestTheMinistryHasTheNameOfTheDay(t *testing.T) {
	r := open(t)
	o, err := r.Get(t.Context(), r.add(ministry()).ID)
	if err != nil {
		t.Fatal(err)
	}
	for on, short := range map[string]string{
		"1990-01-01": "KRD", "2013-05-30": "KRD", "2013-12-31": "KRD", "2014-01-01": "KMD",
		"2020-06-15": "KMD", "2021-12-31": "KMD", "2022-01-01": "KDD", "2024-02-29": "KDD", "2050-01-01": "KDD",
	} {
		if got := o.On(day(on)).Short; got != short {
			t.Errorf("on %s it is %s, want %s", on, got, short)
		}
		stored := ""
		err := r.db.Read(t.Context(), func(tx *db.Tx) error {
			var err error
			stored, err = org.NameOn(t.Context(), tx, o.ID, day(on))
			return err
		})
		if err != nil || stored != o.NameOn(day(on)) {
			t.Errorf("on %s the database says %q, the value %q (%v)", on, stored, o.NameOn(day(on)), err)
		}
	}
}

// TestNameOutsideEveryPeriod takes the nearest one, in Go and in SQL alike.
func TestNameOutsideEveryPeriod(t *testing.T) {
	r := open(t)
	o := r.add(org.Registration{Kind: org.Partnership, Municipality: "5021", Names: []org.Name{
		{Name: "Første", From: day("2010-01-01"), To: day("2011-12-31")},
		{Name: "Andre", From: day("2014-01-01"), To: day("2015-12-31")}}})
	for on, want := range map[string]string{"2009-01-01": "Første", "2012-06-01": "Første", "2014-05-05": "Andre", "2020-01-01": "Andre"} {
		err := r.db.Read(t.Context(), func(tx *db.Tx) error {
			got, err := org.NameOn(t.Context(), tx, o.ID, day(on))
			if got != want {
				t.Errorf("SQL: on %s %q, want %q", on, got, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := o.NameOn(day(on)); got != want {
			t.Errorf("Go: on %s %q, want %q", on, got, want)
		}
	}
	list, total, err := r.List(t.Context(), org.Filter{Text: "første"})
	if err != nil || total != 1 || len(list.Items) != 1 || list.Items[0].Name != "Andre" {
		t.Errorf("an ended organisation is listed as %v (%d), %v", list.Items, total, err)
	}
}

func TestRegisterRefuses(t *testing.T) {
	r := open(t)
	good := func() org.Registration {
		in := company("Eksempel Sag AS", "5022")
		in.OrgNo = "999 999 999"
		return in
	}
	for name, c := range map[string]struct {
		change func(*org.Registration)
		fields []string
	}{
		"nothing":             {func(in *org.Registration) { *in = org.Registration{} }, []string{"kind", "name", "municipality"}},
		"unknown kind":        {func(in *org.Registration) { in.Kind = "club" }, []string{"kind"}},
		"blank name":          {func(in *org.Registration) { in.Name = " \u00a0 " }, []string{"name"}},
		"long name":           {func(in *org.Registration) { in.Name = strings.Repeat("å", org.MaxName+1) }, []string{"name"}},
		"long short form":     {func(in *org.Registration) { in.Short = strings.Repeat("å", org.MaxShort+1) }, []string{"short"}},
		"eight digits":        {func(in *org.Registration) { in.OrgNo = "99999999" }, []string{"orgno"}},
		"wrong check digit":   {func(in *org.Registration) { in.OrgNo = "999999998" }, []string{"orgno"}},
		"letters":             {func(in *org.Registration) { in.OrgNo = "99999999x" }, []string{"orgno"}},
		"no such place":       {func(in *org.Registration) { in.Municipality = "9999" }, []string{"municipality"}},
		"script as website":   {func(in *org.Registration) { in.Website = "javascript:alert(1)" }, []string{"website"}},
		"website without dot": {func(in *org.Registration) { in.Website = "https://localhost" }, []string{"website"}},
		"long alias":          {func(in *org.Registration) { in.Aliases = []string{strings.Repeat("å", org.MaxName+1)} }, []string{"aliases"}},
		"no such parent":      {func(in *org.Registration) { in.Parent = access.NewOrgID() }, []string{"parent"}},
		"name ends before": {func(in *org.Registration) {
			in.Names = []org.Name{{Name: "A", From: day("2020-01-02"), To: day("2020-01-01")}}
		}, []string{"name"}},
		"two names a day": {func(in *org.Registration) {
			in.Names = []org.Name{{Name: "A", To: day("2020-01-01")}, {Name: "B", From: day("2020-01-01")}}
		}, []string{"name"}},
	} {
		in := good()
		c.change(&in)
		_, err := r.Register(t.Context(), system, in)
		if got := fields(err); !slices.Equal(got, c.fields) {
			t.Errorf("%s: wrong fields %v, want %v (%v)", name, got, c.fields, err)
		}
	}
	if _, total, err := r.List(t.Context(), org.Filter{}); err != nil || total != 0 {
		t.Errorf("%d were registered all the same, %v", total, err)
	}
	o := r.add(good())
	if o.OrgNo != "999999999" {
		t.Errorf("number kept as %q", o.OrgNo)
	}
}

// TestNoDoubles: one number, one organisation; and one name in a municipality
// unless numbers tell them apart.
func TestNoDoubles(t *testing.T) {
	r := open(t)
	first := company("Eksempel Sag AS", "5022")
	first.OrgNo = "999999999"
	r.add(first)
	for name, c := range map[string]struct {
		in     org.Registration
		fields []string
	}{
		"same number":                   {org.Registration{Kind: org.Company, Name: "En annen", Municipality: "5021", OrgNo: "NO 999 999 999 MVA"}, []string{"orgno"}},
		"same name, no number":          {company("eksempel  SAG", "5022"), []string{"name"}},
		"same name, other municipality": {company("Eksempel Sag AS", "5021"), nil},
		"same name, other number":       {org.Registration{Kind: org.Company, Name: "Eksempel Sag AS", Municipality: "5022", OrgNo: "888888888"}, nil},
	} {
		_, err := r.Register(t.Context(), system, c.in)
		if got := fields(err); !slices.Equal(got, c.fields) || (err == nil) != (c.fields == nil) {
			t.Errorf("%s: %v, want %v", name, err, c.fields)
		}
	}
}

func TestRegisterAndEditNeedARole(t *testing.T) {
	r := open(t)
	o := r.add(company("Eksempel Sag AS", "5022"))
	may := map[access.Role]bool{access.RoleIntermediary: true, access.RoleMunicipalLead: true, access.RoleSecretary: true,
		access.RoleCaseOfficer: true, access.RoleSysadmin: true}
	for _, role := range access.Roles() {
		actor := as(role, o.ID)
		_, err := r.Register(t.Context(), actor, company("Ny "+string(role), "5021"))
		if fault.Is(err, fault.Denied) == may[role] || (err == nil) != may[role] {
			t.Errorf("%s registers: %v", role, err)
		}
		if may[role] {
			continue
		}
		if err := r.Edit(t.Context(), actor, o.ID, o.Version, company("X", "5021")); !fault.Is(err, fault.Denied) {
			t.Errorf("%s edits: %v", role, err)
		}
		if err := r.Rename(t.Context(), actor, o.ID, o.Version, org.Name{Name: "X", From: day("2027-01-01")}); !fault.Is(err, fault.Denied) {
			t.Errorf("%s renames: %v", role, err)
		}
	}
	if _, err := r.Register(t.Context(), access.Actor{}, company("Ny", "5021")); !fault.Is(err, fault.Denied) {
		t.Errorf("a visitor registers: %v", err)
	}
}

func TestEditChangesAndKeeps(t *testing.T) {
	r := open(t)
	o := r.add(org.Registration{Kind: org.Company, Name: "Eksempel Sagg", Municipality: "5022", Aliases: []string{"Saga", "SAGA ", "Sagbruket"}})
	parent := r.add(company("Eksempel Konsern AS", "5021"))
	officer := as(access.RoleCaseOfficer, "")
	in := org.Registration{Kind: org.PublicUnit, Name: "Eksempel Sag", Short: "ES", OrgNo: "999999999", Municipality: "1718",
		Website: "https://sag.example.no", Parent: parent.ID, Aliases: []string{"Høvleriet"}}
	if err := r.Edit(t.Context(), officer, o.ID, o.Version, in); err != nil {
		t.Fatal(err)
	}
	got, err := r.Get(t.Context(), o.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Names) != 1 || got.Names[0] != (org.Name{Name: "Eksempel Sag", Short: "ES"}) || got.Kind != org.PublicUnit || got.OrgNo != in.OrgNo ||
		got.Municipality != "1718" || got.Website != in.Website || got.Parent != parent.ID || !slices.Equal(got.Aliases, []string{"Høvleriet"}) || got.Version != o.Version+1 {
		t.Errorf("after the edit: %+v", got)
	}
	if err := r.Edit(t.Context(), officer, o.ID, o.Version, in); !fault.Is(err, fault.Stale) {
		t.Errorf("a save of what was seen before: %v, want stale", err)
	}
	in.OrgNo = "888888888"
	above := company("Eksempel Konsern AS", "5021")
	above.Parent = o.ID
	if err := r.Edit(t.Context(), officer, parent.ID, parent.Version, above); !slices.Equal(fields(err), []string{"parent"}) {
		t.Errorf("a circle of parents: %v", err)
	}
	if err := r.Edit(t.Context(), officer, access.NewOrgID(), 1, in); !fault.Is(err, fault.NotFound) {
		t.Errorf("editing what is not there: %v", err)
	}
	report, err := audit.Verify(t.Context(), r.db)
	if err != nil || report.Entries != 3 {
		t.Errorf("audit: %+v, %v; want an entry for each change and none for refusals", report, err)
	}
}

func TestRenameKeepsTheOldName(t *testing.T) {
	r := open(t)
	o := r.add(company("Hemne Næringshage AS", "5055"))
	officer := as(access.RoleCaseOfficer, "")
	if err := r.Rename(t.Context(), officer, o.ID, o.Version, org.Name{Name: "Heim Næringshage AS", Short: "HN", From: day("2020-01-01")}); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"stale": r.Rename(t.Context(), officer, o.ID, o.Version, org.Name{Name: "X", From: day("2021-01-01")}),
	} {
		if !fault.Is(err, fault.Stale) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, c := range map[string]struct {
		n    org.Name
		want []string
	}{
		"no day":       {org.Name{Name: "X"}, []string{"from"}},
		"no name":      {org.Name{From: day("2021-01-01")}, []string{"name"}},
		"the same day": {org.Name{Name: "X", From: day("2020-01-01")}, []string{"from"}},
		"before":       {org.Name{Name: "X", From: day("2019-01-01")}, []string{"from"}},
	} {
		if err := r.Rename(t.Context(), officer, o.ID, o.Version+1, c.n); !slices.Equal(fields(err), c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	got, err := r.Get(t.Context(), o.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := []org.Name{{Name: "Hemne Næringshage AS", To: day("2019-12-31")}, {Name: "Heim Næringshage AS", Short: "HN", From: day("2020-01-01")}}
	if !slices.Equal(got.Names, want) {
		t.Errorf("names: %v, want %v", got.Names, want)
	}
	for _, written := range []string{"Hemne Næringshage", "heim næringshage as", "hn"} {
		if id, err := r.Find(t.Context(), written); err != nil || id != o.ID {
			t.Errorf("%q is %q, %v", written, id, err)
		}
	}
}
