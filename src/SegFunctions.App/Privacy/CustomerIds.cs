using SegFunctions.Customers;

namespace SegFunctions.App.Privacy;

/// <summary>Reads the <c>{id}</c> of addresses: a raw id, or <c>key:</c> and a customer key.</summary>
internal sealed class CustomerIds(CustomerKeyDerivation keys)
{
    private const string KeyPrefix = "key:";

    /// <param name="source">Namespace of a raw id; <c>default</c> when empty.</param>
    /// <param name="fault">What is wrong with it, for its sender.</param>
    public bool TryRead(string id, string source, out CustomerKey key, out string fault)
    {
        fault = "";
        if (id.StartsWith(KeyPrefix, StringComparison.Ordinal))
        {
            if (CustomerKey.TryParse(id[KeyPrefix.Length..], out key))
                return true;
            fault = $"After '{KeyPrefix}' come the {CustomerKey.TextLength} characters of a customer key (a to z, 2 to 7).";
            return false;
        }

        var trimmed = id.Trim();
        if (trimmed.Length == 0)
        {
            key = default;
            fault = "The id is empty.";
            return false;
        }

        key = keys.Derive(source.Length == 0 ? CustomerKeyDerivation.DefaultNamespace : source, trimmed);
        return true;
    }

    /// <summary>As <see cref="TryRead"/>, for an id in a path: there an escaped slash gets lost.</summary>
    public bool TryReadPath(string id, string source, out CustomerKey key, out string fault)
    {
        // A slash in a path stays escaped on its way here, and cannot be told from an id that is spelled so.
        if (!id.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            return TryRead(id, source, out key, out fault);
        key = default;
        fault = "The id holds an escaped '/', which gets lost in an address; give the customer's key as key:… instead, or look the id up in the body of POST /api/v1/memberships/lookup.";
        return false;
    }

    /// <summary>The raw id in an address, or null where it is a key.</summary>
    public static string? RawId(string id) => id.StartsWith(KeyPrefix, StringComparison.Ordinal) ? null : id.Trim();
}
