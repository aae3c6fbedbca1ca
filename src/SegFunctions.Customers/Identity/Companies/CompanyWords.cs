using System.Collections.Frozen;

namespace SegFunctions.Customers.Identity.Companies;

/// <summary>Words that names of companies share: what they say of a company is little or the same in every language.</summary>
internal static class CompanyWords
{
    /// <summary>Join two parts of a name and stand for "and".</summary>
    public static readonly FrozenSet<string> Connectives = Set("and und et och ve oraz");

    /// <summary>Stand for "and" too, when a whole word stands on either side: "Figli e Nipoti", "Müller u. Co".</summary>
    public static readonly FrozenSet<string> ShortConnectives = Set("e i u n y og ja");

    /// <summary>Articles and particles that come and go.</summary>
    public static readonly FrozenSet<string> Particles = Set(
        "the of for in der die das des dem den fur zum zur le la les du de el los las il lo del della dello dei delle do da dos das het een pour para per by");

    /// <summary>After these words comes the name that the company is known by.</summary>
    public static readonly string[][] TradingAs = Phrases(
        "t a;t as;trading as;d b a;dba;doing business as;a k a;aka;also known as;f k a;fka;formerly;formerly known as;vormals;ehemals;anciennement;handelend onder de naam;nome commerciale;nombre comercial");

    // The word kept, and its spellings.
    private static readonly FrozenDictionary<string, string> Canonical = Map("""
        group: group gruppe groupe gruppo grupo groep gruppen koncern koncernen grp gruppa
        holding: holding holdings hldg hldgs hldng beteiligungs beteiligung beteiligungen beteiligungsgesellschaft
        company: company co comp compagnie cie compania compagnia companhia kompanie kompani cia companies
        sons: sons son sohne sohn soehne fils figli hijos zonen sonner filhos
        brothers: brothers bros gebruder gebr gebrueder freres frs fratelli flli hermanos hnos gebroeders brodrene broderna irmaos bratri
        partners: partners partner ptnrs partenaires socios partnere
        associates: associates assoc assocs associes associati asociados
        association: association assn asoc verband vereniging associazione asociacion
        international: international intl internat internationale internazionale internacional int internationaler
        national: national natl nat nationale nacional nazionale
        manufacturing: manufacturing mfg manuf manufg
        manufacturer: manufacturer manufacturers mfr mfrs
        services: services service svc svcs serv servs servicios servizi dienstleistungen dienste
        systems: systems system sys syst systeme systemes sistemi sistemas
        solutions: solutions solution soln solns
        technology: technology technologies tech technol technologie technologien tecnologia tecnologie tecnologias teknoloji technologia techno
        industries: industries industry ind inds industrie industria industrias industri indus
        engineering: engineering engrg engr eng ingenierie ingenieria ingegneria
        consulting: consulting consult conseil consultants consultancy consultoria consulenza
        management: management mgmt mgt mngmt
        development: development dev devt devel
        distribution: distribution distrib distr
        trading: trading trdg handels handel handelsgesellschaft commerce commerciale comercial
        transport: transport transports transp transporte trasporti transportes
        construction: construction constr const constructions construcciones costruzioni
        electric: electric elec electr elektro elettrica electrique elektrik
        electronics: electronics electron electronic elektronik elettronica electronique
        equipment: equipment equip eqpt equipement
        insurance: insurance ins insur versicherung versicherungen assurance assurances assicurazioni seguros
        financial: financial fin finance finances finanz finanzas
        bank: bank banque banco banca bk banking
        laboratories: laboratories laboratory lab labs laboratoire laboratoires laboratorio laboratorios labor
        pharmaceuticals: pharmaceuticals pharmaceutical pharma pharm
        chemicals: chemicals chemical chem chemie chimie
        products: products product prod prods produkte produits prodotti productos
        production: production productions prodn
        communications: communications communication comm comms kommunikation
        university: university univ universitat universite universita universidad
        institute: institute inst institut istituto instituto
        department: department dept
        center: center centre ctr centrum zentrum centro
        etablissements: etablissements ets etablissement etabl
        societe: societe ste soc sociedad societa sociedade gesellschaft ges gesell
        agency: agency agence agentur agenzia agencia
        factory: factory fabrik usine fabbrica fabrica werk werke
        saint: saint st sankt sainte 
        doctor: doctor dr
        building: building bldg
        corporate: corporate
        general: general gen gral
        american: american amer
        european: european europ
        brewery: brewery brauerei brasserie
        pharmacy: pharmacy apotheke pharmacie farmacia
        bakery: bakery backerei boulangerie panaderia
        property: property properties immobilien immobilier immobiliare inmobiliaria
        marketing: marketing mktg mktng
        advertising: advertising werbung publicite
        logistics: logistics logistik logistique logistica log
        energy: energy energie energia
        media: media medien medias
        design: design designs
        restaurant: restaurant ristorante restaurante gaststatte
        """);

    /// <summary>Words about the shape of a business rather than its name.</summary>
    public static readonly FrozenSet<string> Descriptors = Set("group holding company sons brothers partners associates societe etablissements");

    /// <summary>Words that thousands of companies carry; a small table cannot show by itself that they are common.</summary>
    public static readonly FrozenSet<string> Common = Set("""
        group holding company sons brothers partners associates association international national manufacturing manufacturer services systems
        solutions technology industries engineering consulting management development distribution trading transport construction electric
        electronics equipment insurance financial bank laboratories pharmaceuticals chemicals products production communications university
        institute department center etablissements societe agency factory saint doctor general american european brewery pharmacy bakery
        property advertising logistics energy media design restaurant global world euro digital data software soft net web online it computer
        automotive auto car metal metall steel stahl bau holz wood food foods fashion home house haus hotel travel reisen tours sport sports
        shop store market markt marketing import export capital invest investment investments ventures fund trust estate real immo medical
        health care gesundheit klinik clinic bio life science sciences research training academy schule school college studio art arts
        print druck verlag publishing press books music film video tv radio new neue first united central city stadt north south east west
        nord sud ost royal star sun sea blue green red black white gold smart pro plus max best top quality express direct team club alpha
        omega delta power water oil gas solar wind electric light security sicherheit protection clean cleaning garden garten landscaping
        plumbing heating roofing painting maler tischlerei werkstatt garage motors motor parts tools machines machinery maschinen maschinenbau
        """);

    private static readonly FrozenDictionary<string, string> NumberWords = Map("""
        1: first 1st erste erster primo primera primero premier premiere one
        2: second 2nd zweite zweiter two secondo segunda
        3: third 3rd dritte dritter three
        4: fourth 4th four
        5: fifth 5th five
        6: sixth 6th six
        7: seventh 7th seven
        8: eighth 8th eight
        9: ninth 9th nine
        10: tenth 10th ten
        """);

    private static readonly FrozenDictionary<string, string> RomanNumerals = Map("""
        2: ii
        3: iii
        4: iv
        6: vi
        7: vii
        8: viii
        9: ix
        11: xi
        12: xii
        """);

    /// <summary>The word that stands for all spellings of it, or the word itself.</summary>
    public static string Standard(string word) => Canonical.GetValueOrDefault(word, word);

    /// <summary>The digits that a word of number stands for ("First", "2nd", "III"), or null.</summary>
    public static string? Number(string word)
    {
        if (NumberWords.TryGetValue(word, out var digits) || RomanNumerals.TryGetValue(word, out digits))
            return digits;
        foreach (var character in word)
        {
            if (!char.IsAsciiDigit(character))
                return null;
        }

        return word.TrimStart('0') is { Length: > 0 } value ? value : "0";
    }

    private static FrozenSet<string> Set(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static string[][] Phrases(string phrases) => [.. phrases.Split(';').Select(phrase => phrase.Split(' ')).OrderByDescending(phrase => phrase.Length)];

    private static FrozenDictionary<string, string> Map(string lines)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            foreach (var word in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                map.TryAdd(word, line[..colon]);
        }

        return map.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
