using System.Text;
using SegFunctions.Customers.Intake.Reading;

namespace SegFunctions.Customers;

/// <summary>Ids that are addresses of e-mail: <c>Ann@X.com</c> and <c>ann@x.com</c> reach one person and are one id. All other ids keep their case.</summary>
internal static class AddressIds
{
    /// <summary>Whether the id may count in another form than it has. False for all ids without an @, and for most addresses.</summary>
    public static bool MayChange(ReadOnlySpan<byte> id) => id.Contains((byte)'@') && (id.ContainsAnyInRange((byte)'A', (byte)'Z') || !Ascii.IsValid(id));

    /// <summary>The id as keys are made of it.</summary>
    /// <param name="id">UTF-8, trimmed.</param>
    public static ReadOnlySpan<byte> InOneCase(ReadOnlySpan<byte> id) =>
        MayChange(id) && FieldTexts.IsAddress(id) ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(id).ToLowerInvariant()) : id;
}
