package evaluate

import _ "embed"

//go:embed testdata/needs.tsv
var ownNeeds string
