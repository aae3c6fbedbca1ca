namespace SegFunctions.App.Hosting.Declaration;

/// <summary>Which key an HTTP caller has to show.</summary>
public enum AuthorizationLevel
{
    Anonymous,

    /// <summary>The function's key, a host key or the master key.</summary>
    Function,

    /// <summary>The master key only.</summary>
    Admin,
}
