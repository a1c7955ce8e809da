// Package place knows where things are: municipalities and counties through their
// mergers, the regions they form, and how far apart they lie.
//
// Words: kommune = municipality, fylke = county, kommunenummer = Number,
// administrasjonssenter = centre, region = region, medlemskap = membership,
// sammenslåing = merge, deling = split, nytt nummer = renumber, leverandørnav = hub.
//
// Rules:
//   - A municipality is known by its four-digit number on a day. Numbers are closed and
//     new ones made; a number that outlives a merger (1103 Stavanger) stays valid.
//   - The register begins with the division of 1 January 2012. Earlier days are answered
//     with that division; the zero day is answered with the newest one known.
//   - Figures of a closed municipality can be summed to its successor (ORG-3). Those of
//     one that was split between several are never shared out by guesswork: they come
//     back apart, with the municipalities they may belong to.
//   - Moves of a border that close no municipality are not in the register.
//   - Regions overlap and have dated members (ORG-4). A membership follows its
//     municipality through renumbering and mergers, and may not run across a split.
//   - Basis says whether a fact about a region stands in our sources or is assumed until
//     the county says otherwise.
//   - Distance is air distance in kilometres between administrative centres, not travel.
//     A fjord or a mountain may lie between; pages say "i luftlinje". A centre is a
//     point in the town, meant to about a kilometre; tests prove only that it lies in
//     its municipality.
//
// The register is read-only and safe for many readers. Starter reads the facts in
// starter/, written for this project; New takes the same Data from elsewhere. Only the
// boundaries for drawing maps are stored, table place_outline: an operator loads them
// from a file, and without them maps are drawn from the centres. Anyone may read
// everything here. Numbers and names of municipalities are set by Kommunal- og
// distriktsdepartementet and kept by Statistics Norway (Klass 131).
package place
