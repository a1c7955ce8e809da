package site_test

// formsOfWorking are the forms of jobs with education.
var formsOfWorking = []formPage{
	{"employer", []string{"/stillinger/ny"}}, {"adviser", []string{"/stillinger", "/stillinger/{id}", "/rediger"}},
	{"employer", []string{"/stillinger", "/stillinger/{id}", "/avtale", "/skriv"}},
	{"employer", []string{"/stillinger", "/stillinger/{id}", "/plan", "/ny"}}, {"provider", []string{"/stillinger", "/stillinger/{id}", "/flytt/published"}}, {"learner", []string{"/stillinger", "/stillinger/{id}", "/interesse"}},
}
