namespace SegFunctions.Customers.Intake;

/// <summary>Ids of visitors who are not known yet (<c>anonymousId</c> of events).</summary>
public static class VisitorIds
{
    /// <summary>Their namespace in <see cref="CustomerKeyDerivation"/>, whatever the source of the file: a browser's id is the same everywhere.</summary>
    public const string Namespace = "anonymous";
}
