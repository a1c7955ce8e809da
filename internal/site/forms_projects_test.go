package site_test

// formsOfProjects are the forms of projects, and of what they say of themselves.
var formsOfProjects = []formPage{
	{"adviser", []string{"/prosjekter/ny"}}, {"adviser", []string{"/verktoykasse?q=spr%C3%A5kkaf%C3%A9", "/verktoykasse/{id}", "/ta-i-bruk"}}, {"county", []string{"/prosjekter", "/prosjekter/{id}", "/sluttrapporter/{id}", "/kapittel/1"}}, {"county", []string{"/prosjekter", "/prosjekter/{id}", "/rediger"}}, {"county", []string{"/prosjekter", "/prosjekter/{id}", "/penger/ny"}},
	{"county", []string{"/prosjekter", "/prosjekter/{id}", "/penger/0"}}, {"county", []string{"/prosjekter", "/prosjekter/{id}", "/folk/ny"}}, {"county", []string{"/prosjekter", "/prosjekter/{id}", "/avtaler", "/avtaler/ny"}},
	{"adviser", []string{"/prosjekter?q=mentorordning,+ny", "/prosjekter/{id}", "/steg"}}, {"county", []string{"/prosjekter", "/prosjekter/{id}", "/logg", "/logg/ny/meeting"}}, {"county", []string{"/prosjekter", "/prosjekter/{id}", "/logg", "/logg/ny/shift"}},
	{"county", []string{"/prosjekter", "/prosjekter/{id}", "/logg", "/logg/ny/asked"}}, {"county", []string{"/prosjekter", "/prosjekter/{id}", "/logg", "/logg/ny/plan"}}, {"county", []string{"/prosjekter", "/prosjekter/{id}", "/logg", "/logg/ny/next"}},
	{"adviser", []string{"/prosjekter?q=mentorordning,+ny", "/prosjekter/{id}", "/flytt/reported"}},
	{"county", []string{"/prosjekter", "/prosjekter/{id}", "/rapporter", "/rapporter/ny"}}, {"county", []string{"/prosjekter", "/prosjekter/{id}", "/rapporter", "/rapporter/be-om"}}, {"adviser", []string{"/oppgaver?kind=report", "/rapporter/{id}", "/merknad/antall_kommuner"}},
	{"county", []string{"/prosjekter?q=CNC", "/prosjekter/{id}", "/kort"}}, {"county", []string{"/prosjekter", "/prosjekter/{id}", "/kompendium/oversikt", "/kompendium/frist"}},
}
