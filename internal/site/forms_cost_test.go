package site_test

// formsOfCost are the forms of what a programme costs an employer.
var formsOfCost = []formPage{
	{"", []string{"/tilbud?q=rustfritt", "/tilbud/{id}", "/kostnad"}}, {"county", []string{"/kostnad/satser", "/kostnad/satser/lodging"}},
}
