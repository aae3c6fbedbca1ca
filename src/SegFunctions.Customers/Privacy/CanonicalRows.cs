using SegFunctions.Customers.Intake.Canonical;

namespace SegFunctions.Customers.Privacy;

/// <summary>Whether a stored row is of a kind. The reader stands on the row and must stay there.</summary>
public delegate bool RowChoice(CanonicalReader row);

/// <summary>Goes through the rows of a canonical file, of the lake or of the vault.</summary>
public static class CanonicalRows
{
    /// <summary>Hands out all rows, one after the other.</summary>
    /// <param name="canonical">Belongs to the method and is disposed.</param>
    /// <exception cref="InvalidDataException">It is no canonical file.</exception>
    public static Task EachAsync(Stream canonical, Action<CanonicalReader> take, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(take);
        return AnyAsync(
            canonical,
            row =>
            {
                take(row);
                return false;
            },
            cancellationToken);
    }

    /// <summary>Whether some row is of a kind; stops at the first.</summary>
    /// <param name="canonical">Belongs to the method and is disposed.</param>
    /// <exception cref="InvalidDataException">It is no canonical file.</exception>
    public static async Task<bool> AnyAsync(Stream canonical, RowChoice isSought, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(isSought);
        await using var rows = await CanonicalReader.OpenAsync(canonical, cancellationToken);
        while (await rows.FillAsync(cancellationToken))
        {
            while (rows.Next())
            {
                if (isSought(rows))
                    return true;
            }
        }

        return false;
    }
}
