// Package project is the register of projects: a parent with its sub-projects, who it is for
// and where, who pays, who steers, and how far it has come (PRJ-1, PRJ-2, PRJ-3).
//
// A parent says itself which groups its sub-projects are aimed at, so another county's project
// comes in as data. A sub-project is aimed at one of them or at none, then it is a general
// measure, and goes on in any number of municipalities, or in an area that is only told in
// words. Municipalities are kept under the numbers that they had; whoever asks by today's
// number finds what has gone into it.
//
// Projects are open to all. They are taken in as documents (Document) by the county and by
// the system: what is there from before is changed, nothing is taken away.
//
// Words: prosjekt = project, delprosjekt = sub-project, målgruppe = group, finansiering =
// money, egeninnsats = own work, styringsgruppe = steering group, næringshage = hub.
//
// Tables: project, project_group, project_municipality, project_money, project_member.
package project
