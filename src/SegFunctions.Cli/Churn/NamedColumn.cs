using SegFunctions.Customers.Intake.Tables;

namespace SegFunctions.Cli.Churn;

/// <summary>Columns that a person names by an option.</summary>
internal static class NamedColumn
{
    private const int MostShown = 40;

    /// <exception cref="CommandFailedException">There is no such column, or several.</exception>
    public static FileColumn Require(FileTable file, string option, string named, string fileName)
    {
        var found = file.Find(named) ?? throw new CommandFailedException(
            $"{fileName} has no column '{named}' of {option}. It has {string.Join(", ", file.Columns.Take(MostShown).Select(column => column.Name))}{(file.Columns.Count > MostShown ? $" and {file.Columns.Count - MostShown} more" : "")}; a 1-based position does as well.");
        int[] places = [.. Enumerable.Range(0, file.Columns.Count).Where(column => file.Columns[column].Name == found.Name).Select(column => column + 1)];
        return places.Length == 1 || found.Name != named
            ? found
            : throw new CommandFailedException($"{fileName} has {places.Length} columns '{named}', at the positions {string.Join(", ", places)}. Give {option} the position of the one you mean.");
    }
}
