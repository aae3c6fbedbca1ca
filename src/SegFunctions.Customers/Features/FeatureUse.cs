namespace SegFunctions.Customers.Features;

/// <summary>Who reads a feature.</summary>
[Flags]
public enum FeatureUse
{
    /// <summary>Shown in profiles, learned from by nobody.</summary>
    Profile = 0,

    /// <summary>Enters the clustering of customers.</summary>
    Clustering = 1,

    /// <summary>Enters the churn model.</summary>
    Churn = 2,
}
