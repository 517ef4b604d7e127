// Package solve links the equations of packages and solves every use of a string
// in HTTP for what it can be.
//
// # The search
//
// Solving is a search over worlds. In one world every open question has one
// answer: which call a parameter's value comes from, which return statement ended
// a call, which branch a merge came from, which element a loop looks at, which
// assignment a field holds. Evaluation asks such questions as it meets them;
// equal questions of one frame get equal answers, so a method and a path that are
// chosen together stay together. The search runs through all worlds in order and is
// bounded; what a bound cuts off is said, not dropped.
//
// A frame is one activation of a function. The call that a frame came from is a
// question too, so an argument is looked up in the frame of its caller and all
// arguments of one call are seen together: a wrapper used with two bases keeps
// them apart.
//
// # The graph
//
// Before the search asks precise questions, the graph answers coarse ones: which
// functions a call of a value may reach, where text of interest may go, what is not
// in sight. It knows no order, no branches and no frames, and one node stands for a
// field of all objects. So it is a may analysis: whatever text goes in any run, it
// goes along edges. What each rule keeps true:
//
//   - Every operand of an expression has an edge to what the expression flows to.
//     A field of the program's own types is read from its node alone, since every
//     store has an edge to that node. Header and body of a request are left out:
//     they are no part of its URL.
//   - A call has an edge from each argument to the parameter of every function that
//     it may reach, and back from the results. Through an interface these are the
//     methods of all types in sight that have all of its methods.
//   - Functions and addresses are followed as values over all edges to a fixpoint
//     (see propagation). A call of a value reaches every function that may be there;
//     an assignment through a pointer defines every variable that it may lead to.
//   - An edge into what is not modelled is blurred: the text is in what comes out,
//     nobody knows how. Opaque operations have such edges from their operands, and
//     calls of code that is not in sight from their arguments to their results. Text
//     that is to be evaluated never comes by a blurred edge, because evaluation
//     answers with a hole there; so what is followed to callers (path, host, demand)
//     asks for edges that are not blurred, and what may be reached (uses, ends, the
//     holes that text may be lost in) asks for all.
//   - A call that nobody in sight answers is an end of its arguments. It is drawn
//     when the fixpoint is there, and what it draws is part of the fixpoint.
//   - A value that something outside may replace makes every node open that it flows
//     to. No test of an open node decides a branch.
//
// # Words
//
//	world, question, answer   one path of a symbolic evaluation, a choice point, a decision
//	frame, site, entry        activation, call site, the call that an activation came from
//	When, Test                path condition
//	cell                      captured or addressed variable: weak update
//	With, Effect              strong update of an object, effect of a callee on one
//	join                      flow-insensitive summary of a field or variable
//	hole, gap                 top: an unknown text, with the reason
//	lost                      the hole may hold text of the program (Gap.Lost)
//	leak, end                 escape of a value to something other than HTTP
//	needle, path              forward reachability from text of interest
//	frontier, Want            demand: what a partial program lacks
//	component, worklist       as usual: strongly connected nodes, pairs that are new
package solve
