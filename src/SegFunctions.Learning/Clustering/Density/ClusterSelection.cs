namespace SegFunctions.Learning.Clustering.Density;

/// <summary>Which clusters of the condensed tree become the clusters of the result.</summary>
public enum ClusterSelection
{
    /// <summary>The clusters, none inside another, of greatest total stability (Campello et al. 2013).</summary>
    ExcessOfMass,

    /// <summary>The leaves of the tree: more and smaller clusters.</summary>
    Leaf,
}
