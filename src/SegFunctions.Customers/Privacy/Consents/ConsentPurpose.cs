namespace SegFunctions.Customers.Privacy.Consents;

/// <summary>What data may be used for.</summary>
public enum ConsentPurpose
{
    /// <summary>Figures over all customers.</summary>
    Analytics,

    /// <summary>Features, segments and predictions of the one customer.</summary>
    Profiling,

    /// <summary>Addressing the customer.</summary>
    Marketing,

    /// <summary>Handing the customer on to other systems.</summary>
    Activation,
}
