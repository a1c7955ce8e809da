// Package org is the register of organisations: who exists, what they were
// called when, and who may act for whom.
//
// An organisation has names with periods, so that a report from 2013 shows the
// name of 2013 (ORG-2), and aliases, so that "NiT" and "Midtre-Gauldal" are
// understood in search and import (ORG-7). It may lie in any municipality of
// the country (ORG-6). An organisation number has a check digit and belongs to
// one organisation; without a number nobody else of the name may lie in the same
// municipality.
//
// A mandate (fullmakt) says that a company has asked an intermediary - a
// næringshage, a business association, a municipality - to register and follow
// needs for it (PLT-2). It holds from a day to a day, both included, and says
// how it was given. Without one that holds today nobody acts for another.
//
// The register is open to read: it holds public facts about enterprises and
// no persons. Advisers, municipalities, secretaries and the county may register
// and mend. A mandate is recorded by the intermediary or given by the company,
// ended by either side, and seen by those who work for one of the two.
//
// An organisation with a number has a standing: how Enhetsregisteret says that
// it is. One that is struck off, bankrupt or being wound up is closed: it stays
// in the register for its history, and nobody reports new needs for it. The
// standing is read by package register; here it is kept and followed.
//
// Words: virksomhet = organisation, mellomledd = intermediary, fullmakt =
// mandate, oppdragsgiver = principal, stilling = standing.
//
// Tables: organisation, organisation_name, organisation_alias, mandate,
// organisation_standing.
package org
