package demo

import (
	"context"
	"fmt"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/site/demo/assembly"
	"kompetansetorg/internal/site/demo/stage"
)

// entry is an organisation of the demo. key names it inside this package.
type entry struct {
	key          string
	kind         org.Kind
	municipality string
	name, short  string
	aliases      []string
	names        []org.Name
}

// organisations are those that the published documents name. The ministry line
// and the council show names by period.
func organisations() []entry {
	return []entry{
		{key: "trfk", kind: org.County, municipality: "5006", aliases: []string{"TRFK", "fylket", "Sør-Trøndelag fylkeskommune"}, names: []org.Name{
			{Name: "Sør-Trøndelag fylkeskommune", To: stage.Day("2017-12-31")}, {Name: "Trøndelag fylkeskommune", Short: "TRFK", From: stage.Day("2018-01-01")}}},
		{key: "ministry", kind: org.Ministry, municipality: "0301", aliases: []string{"KRD", "KMD", "KDD"}, names: []org.Name{
			{Name: "Kommunal- og regionaldepartementet", Short: "KRD", To: stage.Day("2013-12-31")},
			{Name: "Kommunal- og moderniseringsdepartementet", Short: "KMD", From: stage.Day("2014-01-01"), To: stage.Day("2021-12-31")},
			{Name: "Kommunal- og distriktsdepartementet", Short: "KDD", From: stage.Day("2022-01-01")}}},
		{key: "hkdir", kind: org.Directorate, municipality: "4601", name: "Direktoratet for høyere utdanning og kompetanse", short: "HK-dir", aliases: []string{"Kompetanse Norge", "Diku"}},
		{key: "nav", kind: org.StateAgency, municipality: "5001", name: "NAV Trøndelag", short: "NAV"},
		{key: "statsforvalter", kind: org.StateAgency, municipality: "5037", name: "Statsforvalteren i Trøndelag", short: "Statsforvalteren"},
		{key: "ks", kind: org.InterestGroup, municipality: "5001", name: "KS Midt-Norge", short: "KS"},
		{key: "vofo", kind: org.InterestGroup, municipality: "5001", name: "VOFO Trøndelag", short: "VOFO", aliases: []string{"Voksenopplæringsforbundet"}},
		{key: "lo", kind: org.InterestGroup, municipality: "5001", name: "LO Trøndelag", short: "LO"},
		{key: "nho", kind: org.InterestGroup, municipality: "5001", name: "NHO Trøndelag", short: "NHO"},
		{key: "alliansen", kind: org.Alliance, municipality: "5001", name: "Næringsalliansen i Trøndelag"},
		{key: "in", kind: org.StateAgency, municipality: "5001", name: "Innovasjon Norge Trøndelag"},
		{key: "ntnu", kind: org.University, municipality: "5001", name: "NTNU"},
		{key: "videre", kind: org.University, municipality: "5001", name: "NTNU Videre", aliases: []string{"NTNU etter- og videreutdanning"}},
		{key: "nord", kind: org.University, municipality: "5037", name: "Nord universitet", aliases: []string{"Nord"}},
		{key: "thyf", kind: org.Fagskole, municipality: "5006", name: "Trøndelag høyere yrkesfagskole", short: "THYF", aliases: []string{"THYFS", "fagskolen"}},
		{key: "rorosvgs", kind: org.UpperSec, municipality: "5025", name: "Røros videregående skole", aliases: []string{"Røros vgs"}},
		{key: "gauldalvgs", kind: org.UpperSec, municipality: "5027", name: "Gauldal videregående skole", aliases: []string{"Gauldal vgs"}},
		{key: "namsosvgs", kind: org.UpperSec, municipality: "5007", name: "Olav Duun videregående skole", aliases: []string{"Olav Duun vgs"}},
		{key: "nn", kind: org.BusinessHub, municipality: "5021", name: "Nasjonalparken Næringshage AS", short: "NN", aliases: []string{"Nasjonalparken næringshage"}},
		{key: "rn", kind: org.BusinessHub, municipality: "5025", name: "Rørosregionen Næringshage AS", short: "RN", aliases: []string{"Røros Næringshage"}},
		{key: "hn", kind: org.BusinessHub, municipality: "5055", name: "Hemne Næringshage AS"},
		{key: "liv", kind: org.BusinessHub, municipality: "5054", name: "Leksvik Industriell Vekst AS"},
		{key: "tkk", kind: org.BusinessHub, municipality: "5014", name: "Trøndersk Kystkompetanse AS"},
		{key: "nit", kind: org.Association, municipality: "5027", name: "Næringsforeningen i Trondheimsregionen, avd. Midtre Gauldal og Melhus", short: "NiT"},
		{key: "otor", kind: org.TrainingHub, municipality: "5021", name: "Opplæringskontoret i Oppdal og Rennebu"},
		{key: "karriere", kind: org.CareerCentre, municipality: "5001", name: "Karrieresenteret i Trøndelag"},
		{key: "studie", kind: org.StudyCentre, municipality: "5007", name: "Namdal studiesenter"},
		{key: "radet", kind: org.Council, municipality: "5027", aliases: []string{"IPR Trøndelag Sør"}, names: []org.Name{
			{Name: "Regionrådet Trøndelag Sør", From: stage.Day("2017-01-01"), To: stage.Day("2020-03-22")},
			{Name: "Trøndelag Sør – Interkommunalt politisk råd", Short: "Trøndelag Sør", From: stage.Day("2020-03-23")}}},
		{key: "namdal", kind: org.Council, municipality: "5007", name: "Namdal regionråd"},
		{key: "oppdal", kind: org.Municipality, municipality: "5021", name: "Oppdal kommune"},
		{key: "roros", kind: org.Municipality, municipality: "5025", name: "Røros kommune"},
		{key: "gauldal", kind: org.Municipality, municipality: "5027", name: "Midtre Gauldal kommune", aliases: []string{"Midtre-Gauldal kommune"}},
		{key: "rennebu", kind: org.Municipality, municipality: "5022", name: "Rennebu kommune"},
		{key: "holtalen", kind: org.Municipality, municipality: "5026", name: "Holtålen kommune"},
		{key: "melhus", kind: org.Municipality, municipality: "5028", name: "Melhus kommune"},
		{key: "sag", kind: org.Company, municipality: "5022", name: "Eksempel Sag og Høvleri AS"},
		{key: "limtre", kind: org.Company, municipality: "5027", name: "Eksempel Limtre AS"},
		{key: "hotell", kind: org.Company, municipality: "5021", name: "Eksempel Fjellhotell AS"},
		{key: "guide", kind: org.Company, municipality: "5021", name: "Eksempel Fjell og Elv AS"},
		{key: "ysteri", kind: org.Company, municipality: "5025", name: "Eksempel Gardsysteri"},
		{key: "mek", kind: org.Company, municipality: "5028", name: "Eksempel Mekaniske AS"},
		{key: "laks", kind: org.Company, municipality: "5014", name: "Eksempel Settefisk AS"},
		{key: "bygg", kind: org.Company, municipality: "5026", name: "Eksempel Byggmester AS"},
		{key: "anlegg", kind: org.Company, municipality: "5021", name: "Eksempel Grunn og Anlegg AS"},
		{key: "trearb", kind: org.Company, municipality: "5025", name: "Eksempel Trevare AS"},
		{key: "sykehjem", kind: org.PublicUnit, municipality: "5025", name: "Eksempel sykehjem, Røros"},
		{key: "skole", kind: org.PublicUnit, municipality: "5021", name: "Eksempel barneskole, Oppdal"},
	}
}

func people() []stage.Person {
	sor := access.Scope{Kind: access.ScopeRegion, Ref: "trondelag-sor"}
	out := []stage.Person{
		{Role: "adviser", Title: "Rådgiver", At: "nn", As: []access.Role{access.RoleIntermediary}},
		{Role: "employer", Title: "Daglig leder", At: "sag", As: []access.Role{access.RoleOrgMember}},
		{Role: "provider", Title: "Studieveileder", At: "thyf", As: []access.Role{access.RoleProviderUser}},
		{Role: "secretary", Title: "Forumsekretær", At: "radet", As: []access.Role{access.RoleSecretary, access.RoleForumMember}, Scope: sor},
		{Role: "county", Title: "Rådgiver i fylket", At: "trfk", As: []access.Role{access.RoleCaseOfficer}},
		{Role: "learner", Title: "Innbygger", As: []access.Role{access.RolePerson}},
		{Role: "admin", Title: "Administrator", At: "trfk", As: []access.Role{access.RoleSysadmin, access.RoleDPO}},
		{Role: "forum_member", Title: "Forummedlem", At: "otor", As: []access.Role{access.RoleForumMember}, Scope: sor},
		{Role: "adviser", Title: "Rådgiver", At: "rn", As: []access.Role{access.RoleIntermediary}},
		{Role: "employer", Title: "Enhetsleder", At: "sykehjem", As: []access.Role{access.RoleOrgMember}},
		{Role: "provider", Title: "Studieveileder", At: "videre", As: []access.Role{access.RoleProviderUser}},
		{Role: "provider", Title: "Avdelingsleder", At: "rorosvgs", As: []access.Role{access.RoleProviderUser}},
	}
	// Whoever comes later is added at the end: the first of a role is the one that
	// the demo bar offers.
	for _, m := range []string{"roros", "gauldal", "melhus", "oppdal", "rennebu", "holtalen"} {
		out = append(out, assembly.OfficesOf(m)...)
	}
	return append(out, []stage.Person{
		{Role: "employer", Title: "Rektor", At: "skole", As: []access.Role{access.RoleOrgMember}},
		{Role: "employer", Title: "Daglig leder", At: "hotell", As: []access.Role{access.RoleOrgMember}},
		{Role: "employer", Title: "Daglig leder", At: "studie", As: []access.Role{access.RoleOrgMember}},
		{Role: "provider", Title: "Studieveileder", At: "studie", As: []access.Role{access.RoleProviderUser}},
		{Role: "learner", Title: "Fagarbeider som vil undervise", As: []access.Role{access.RolePerson}},
		{Role: "learner", Title: "Nettstudent", As: []access.Role{access.RolePerson}},
		{Role: "provider", Title: "Avdelingsleder", At: "namsosvgs", As: []access.Role{access.RoleProviderUser}},
		{Role: "provider", Title: "Avdelingsleder", At: "gauldalvgs", As: []access.Role{access.RoleProviderUser}},
	}...)
}

// loadOrganisations registers the organisations and answers their ids by key.
func (l *loader) loadOrganisations(ctx context.Context) error {
	for _, e := range organisations() {
		o, err := l.Orgs.Register(ctx, l.System, org.Registration{Kind: e.kind, Name: e.name, Short: e.short,
			Municipality: e.municipality, Aliases: e.aliases, Names: e.names})
		if err != nil {
			return fmt.Errorf("demo: organisation %s: %w", e.key, err)
		}
		l.Org[e.key] = o.ID
	}
	return nil
}
