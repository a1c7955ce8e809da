package site_test

// formsOfWorkspaces are the forms of the workspace and of who pays: those of the school that
// makes a course on roofs and windows.
var formsOfWorkspaces = []formPage{
	{"provider", []string{"/utvikling", "/utvikling/{id}", "/arbeidsrom", "/notat"}}, {"provider", []string{"/utvikling", "/utvikling/{id}", "/arbeidsrom", "/oppgaver/ny"}},
	{"provider", []string{"/utvikling", "/utvikling/{id}", "/finansiering", "/ny"}},
}
