namespace SegFunctions.Learning.Boosting.Growing;

/// <summary>What the search for a node's best split knows of the node.</summary>
/// <param name="Word">Sum of its gradient pairs.</param>
/// <param name="Rows">Sum of its sample weights.</param>
/// <param name="Lower">Least value its leaves may take, from monotone splits above and the bound on steps.</param>
/// <param name="Upper">Greatest value its leaves may take.</param>
internal readonly record struct NodeSums(long Word, double Rows, double Lower, double Upper);
