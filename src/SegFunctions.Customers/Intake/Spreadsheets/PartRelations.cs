using SegFunctions.Customers.Intake.Archives;

namespace SegFunctions.Customers.Intake.Spreadsheets;

/// <summary>What a part of a package refers to: other parts, each by an id and with a type.</summary>
/// <remarks>
/// ECMA-376 part 2, section 9.3. Most programs put the workbook into <c>xl/</c>; this is where it says so. Targets are relative to the folder of their part, or begin with a
/// slash; some programs write backslashes, or escape blanks.
/// </remarks>
internal sealed class PartRelations
{
    private readonly List<(string Id, string Type, string Target)> _all = [];

    /// <summary>The relations of a part; those of the package for an empty name. Empty when there are none.</summary>
    /// <exception cref="Records.UnreadableFileException">They are damaged.</exception>
    public static PartRelations Of(ZipContainer archive, string part)
    {
        var relations = new PartRelations();
        var slash = part.LastIndexOf('/');
        var folder = part[..(slash + 1)];
        SheetXml.ReadSmall(archive, archive.Find($"{folder}_rels/{part[(slash + 1)..]}.rels"), xml =>
        {
            while (xml.ReadTo("Relationship"))
            {
                if (xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target && xml.GetAttribute("TargetMode") != "External")
                    relations._all.Add((id, xml.GetAttribute("Type") ?? "", Resolve(folder, target)));
            }
        });
        return relations;
    }

    /// <summary>Type and place of the part with that id.</summary>
    public (string Type, string Target)? WithId(string id)
    {
        foreach (var relation in _all)
        {
            if (relation.Id == id)
                return (relation.Type, relation.Target);
        }

        return null;
    }

    /// <summary>Place of the first part of that type; types are addresses, in two namespaces that end alike.</summary>
    public string? OfType(string type)
    {
        foreach (var relation in _all)
        {
            if (relation.Type.EndsWith('/' + type, StringComparison.OrdinalIgnoreCase))
                return relation.Target;
        }

        return null;
    }

    private static string Resolve(string folder, string target)
    {
        target = Uri.UnescapeDataString(target.Replace('\\', '/'));
        var path = new List<string>();
        foreach (var piece in (target.StartsWith('/') ? target : folder + target).Split('/'))
        {
            if (piece == ".." && path.Count > 0)
                path.RemoveAt(path.Count - 1);
            else if (piece is not ("" or "." or ".."))
                path.Add(piece);
        }

        return string.Join('/', path);
    }
}
