package site_test

// centrePeople are those who run the study centre of the demo.
const centrePeople = "employer@Namdal studiesenter"

// theCentre is the way to the page of the demo's study centre.
func theCentre(more ...string) []string {
	return append([]string{"/studiesenter", "/studiesenter/{id}"}, more...)
}

// formsOfCentres are the forms of study centres and of regions' pages.
var formsOfCentres = []formPage{
	{"county", []string{"/kompetanseregioner/namdalen", "/rediger"}}, {"county", []string{"/kompetanseregioner/namdalen", "/innsats/ny"}}, {"county", []string{"/kompetanseregioner/namdalen", "/evalueringer/ny"}},
	{centrePeople, theCentre("/rediger")}, {centrePeople, theCentre("/parter/ny")}, {centrePeople, theCentre("/tilbud/ny")}, {centrePeople, theCentre("/nyheter/ny")}, {centrePeople, theCentre("/rom/ny")},
	{centrePeople, theCentre("/rom/{id}/rediger")}, {centrePeople, theCentre("/onsker/ny")}, {centrePeople, theCentre("/studieonsker/{id}", "/rediger")}, {centrePeople, theCentre("/studieonsker/{id}", "/flytt/closed")},
	{"employer", theCentre("/rom/{id}/be-om")}, {"learner", theCentre("/gruppe/bli-med")}, {"employer", theCentre("/studieonsker/{id}", "/venteliste")}, {centrePeople, theCentre("/rombestillinger/{id}", "/flytt/declined")},
}
