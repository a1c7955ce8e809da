// Package access says who asks and what a role is.
//
// The Actor is an explicit argument of every use case, second after ctx. It
// holds the role assignments that are valid today, each with organisation and
// scope, so an assignment past its end date gives no right at all. The package
// is pure: accounts, sign-in and the stored assignments are in account, the
// rules of routes in gate, and the Can… rules in each room.
//
// A role in an office (forum secretary, forum member, case officer) that has a
// scope holds only in the municipalities the scope covers today, its Area. What
// an organisation owns, represents or follows up it does everywhere, so other
// roles are not limited.
//
// Words: rolle = role, stedfortreder = substitute, på vegne av = on behalf of,
// virkeområde = area.
package access
