package site_test

// formsOfWorking are the forms of jobs with education.
var formsOfWorking = []formPage{
	{"employer", []string{"/stillinger/ny"}}, {"adviser", []string{"/stillinger", "/stillinger/{id}", "/rediger"}},
	{"provider", []string{"/stillinger", "/stillinger/{id}", "/flytt/published"}}, {"learner", []string{"/stillinger", "/stillinger/{id}", "/interesse"}},
}
