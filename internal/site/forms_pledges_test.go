package site_test

// formsOfPledges are the forms of seats for pooled needs.
var formsOfPledges = []formPage{
	{"adviser", []string{"/felles?q=gjestene", "/felles/{id}", "/plasser/ny"}}, {"learner", []string{"/felles?q=gjestene", "/felles/{id}", "/plasser/ny"}},
	{"employer", []string{"/plasser", "/endre"}}, {"secretary", []string{"/felles?q=limpresse", "/felles/{id}", "/plasser", "/frist"}},
	{"secretary", []string{"/felles?q=limpresse", "/felles/{id}", "/plasser", "/avslutt"}},
}
