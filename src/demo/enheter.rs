//! The real schools and kindergartens the demo is set in, from the national register (NLOD, Utdanningsdirektoratet).
//!
//! Only the places are real. Everybody who works in them here is invented.
use crate::enhet::{
    Eier::{self, Offentlig, Privat},
    Enhetstype::{self, Barnehage, Skole},
};

/// A kommune and its units.
pub(super) struct Kommune {
    pub(super) nummer: &'static str,
    pub(super) navn: &'static str,
    pub(super) enheter: &'static [Enhet],
}

/// One unit; 0 stands for a number the register does not give.
pub(super) struct Enhet {
    pub(super) type_: Enhetstype,
    pub(super) navn: &'static str,
    orgnr: u32,
    antall: u32,
    trinn: (u32, u32),
    pub(super) eier: Eier,
}

impl Enhet {
    pub(super) fn orgnr(&self) -> Option<String> {
        (self.orgnr > 0).then(|| self.orgnr.to_string())
    }

    pub(super) fn antall(&self) -> Option<u32> {
        (self.antall > 0).then_some(self.antall)
    }

    /// First and last class or age.
    pub(super) fn trinn(&self) -> Option<(u32, u32)> {
        (self.trinn.1 > 0).then_some(self.trinn)
    }
}

const fn e(type_: Enhetstype, navn: &'static str, orgnr: u32, antall: u32, trinn: (u32, u32), eier: Eier) -> Enhet {
    Enhet { type_, navn, orgnr, antall, trinn, eier }
}

/// The kommune with this number.
pub(super) fn kommune(nummer: &str) -> Option<&'static Kommune> {
    KOMMUNER.iter().find(|k| k.nummer == nummer)
}

#[rustfmt::skip]
const KOMMUNER: &[Kommune] = &[
    Kommune { nummer: "3427", navn: "Tynset", enheter: &[
        e(Skole, "Kvikne skole", 974_570_041, 37, (1, 10), Offentlig),
        e(Skole, "Tylldalen skole", 874_570_052, 34, (1, 7), Offentlig),
        e(Skole, "Tynset barneskole", 974_570_068, 303, (1, 7), Offentlig),
        e(Skole, "Tynset ungdomsskole", 974_570_076, 213, (8, 10), Offentlig),
        e(Barnehage, "Eggen barnehage SA", 974_570_181, 32, (1, 5), Privat),
        e(Barnehage, "Fåset barnehage", 874_570_192, 17, (1, 5), Offentlig),
        e(Barnehage, "Haverslia barnehage", 974_570_203, 59, (1, 5), Offentlig),
        e(Barnehage, "Kvikne barnehage", 974_570_211, 18, (0, 5), Offentlig),
        e(Barnehage, "Lekestua barnehage", 993_131_075, 17, (1, 5), Privat),
        e(Barnehage, "Skogstua barnehage", 974_570_238, 62, (1, 5), Offentlig),
        e(Barnehage, "Tronstua barnehage", 974_570_246, 81, (1, 5), Offentlig),
        e(Barnehage, "Øyan barnehage AS", 988_611_336, 0, (0, 0), Privat),
    ] },
    Kommune { nummer: "3424", navn: "Rendalen", enheter: &[
        e(Skole, "Berger skole", 874_565_172, 54, (1, 7), Offentlig),
        e(Skole, "Fagertun skole", 973_681_737, 98, (1, 10), Offentlig),
        e(Barnehage, "Rendalen barnehage", 975_302_814, 47, (1, 5), Offentlig),
    ] },
    Kommune { nummer: "3426", navn: "Tolga", enheter: &[
        e(Skole, "Tolga skole", 975_273_547, 146, (1, 10), Offentlig),
        e(Skole, "Vingelen skole", 975_273_571, 48, (1, 7), Offentlig),
        e(Barnehage, "Tolga barnehage", 925_309_451, 67, (0, 5), Offentlig),
        e(Barnehage, "Vingelen barnehage", 975_302_873, 26, (0, 5), Offentlig),
    ] },
    Kommune { nummer: "3428", navn: "Alvdal", enheter: &[
        e(Skole, "Alvdal barneskole", 921_382_480, 220, (1, 7), Offentlig),
        e(Skole, "Alvdal ungdomsskole", 975_273_520, 101, (8, 10), Offentlig),
        e(Barnehage, "Plassen barnehage", 875_302_892, 61, (1, 5), Offentlig),
        e(Barnehage, "Øwretun barnehage", 975_302_903, 48, (1, 5), Offentlig),
    ] },
    Kommune { nummer: "3429", navn: "Folldal", enheter: &[
        e(Skole, "Folldal skole", 975_273_490, 135, (1, 10), Offentlig),
        e(Barnehage, "Folldal barnehage", 975_323_056, 43, (1, 5), Offentlig),
    ] },
    Kommune { nummer: "5035", navn: "Stjørdal", enheter: &[
        e(Skole, "Elvran skole", 975_279_529, 42, (1, 7), Offentlig),
        e(Skole, "Fagerhaug International School AS", 997_271_041, 126, (1, 10), Privat),
        e(Skole, "Fagerhaug Kristne skole SA", 983_451_039, 82, (1, 10), Privat),
        e(Skole, "Forradal oppvekstsenter skole", 975_279_502, 25, (1, 7), Offentlig),
        e(Skole, "Fosslia skole", 979_950_403, 434, (1, 7), Offentlig),
        e(Skole, "Halsen barneskole", 975_279_499, 364, (1, 7), Offentlig),
        e(Skole, "Halsen ungdomsskole", 975_289_966, 314, (8, 10), Offentlig),
        e(Skole, "Haraldreina skole", 975_279_553, 102, (1, 7), Offentlig),
        e(Skole, "Hegra barneskole", 975_279_561, 143, (1, 7), Offentlig),
        e(Skole, "Hegra ungdomsskole", 980_851_176, 137, (8, 10), Offentlig),
        e(Skole, "Kvislabakken skole", 975_290_085, 146, (1, 7), Offentlig),
        e(Skole, "Lånke skole", 975_279_545, 282, (1, 7), Offentlig),
        e(Skole, "Skatval skole", 975_289_451, 197, (1, 7), Offentlig),
        e(Skole, "Skjelstadmark oppvekstsenter skole", 975_279_537, 99, (1, 7), Offentlig),
        e(Skole, "Stokkan ungdomsskole", 975_294_625, 487, (8, 10), Offentlig),
        e(Barnehage, "Aglo barnehage Eventyrhuset", 916_381_689, 45, (1, 5), Privat),
        e(Barnehage, "Aglo barnehage Sentrum AS", 916_381_662, 44, (1, 5), Privat),
        e(Barnehage, "Bukkspranget Gårds- og naturbarnehage", 990_527_288, 22, (1, 5), Privat),
        e(Barnehage, "Espira Stjørdal AS", 996_077_004, 78, (1, 5), Privat),
        e(Barnehage, "Eventyrskogen familiebarnehage Hans og Grete", 994_903_004, 4, (1, 2), Privat),
        e(Barnehage, "Forradal oppvekstsenter barnehage", 975_320_766, 16, (0, 5), Offentlig),
        e(Barnehage, "Fosslia barnehage", 985_770_166, 53, (1, 5), Offentlig),
        e(Barnehage, "Hegra barnehage", 975_299_511, 69, (1, 5), Offentlig),
        e(Barnehage, "Husbymyra barnehage", 971_977_612, 42, (1, 5), Offentlig),
        e(Barnehage, "Kvislabakken barnehage", 975_322_165, 52, (1, 5), Offentlig),
        e(Barnehage, "Lasseliten familiebarnehage Siritun", 994_951_939, 2, (1, 4), Privat),
        e(Barnehage, "Lånke barnehage", 975_296_806, 76, (1, 5), Offentlig),
        e(Barnehage, "Læringsverkstedet Geitspranget naturbarnehage", 984_347_189, 65, (1, 5), Privat),
        e(Barnehage, "Læringsverkstedet Tønsåsen naturbarnehage", 991_848_436, 68, (1, 5), Privat),
        e(Barnehage, "Maurtua Bhg AS", 985_574_324, 21, (1, 5), Privat),
        e(Barnehage, "Medbroen gårdsbarnehage", 897_740_052, 89, (0, 5), Privat),
        e(Barnehage, "Midtheim barnehage", 975_296_105, 47, (1, 5), Offentlig),
        e(Barnehage, "Norlandia Husbyåsen barnehage", 993_193_968, 57, (0, 5), Privat),
        e(Barnehage, "Sagatun barnehage AS", 988_462_985, 17, (1, 5), Privat),
        e(Barnehage, "Sandskogan barnehage", 975_323_994, 54, (1, 5), Offentlig),
        e(Barnehage, "Skatval barnehage", 975_311_848, 58, (1, 5), Offentlig),
        e(Barnehage, "Skjelstadmark oppvekstsenter barnehage", 975_311_856, 59, (1, 5), Offentlig),
        e(Barnehage, "Taraxacum barnehage Stjørdal AS", 986_357_173, 82, (1, 5), Privat),
        e(Barnehage, "Tussilago barnehage Stjørdal AS", 873_489_812, 44, (1, 5), Privat),
    ] },
    Kommune { nummer: "5034", navn: "Meråker", enheter: &[
        e(Skole, "Meråker skole", 974_542_498, 265, (1, 10), Offentlig),
        e(Barnehage, "Egga barnehage", 996_426_874, 67, (0, 5), Offentlig),
        e(Barnehage, "Tollmoen barnehage", 983_569_439, 45, (1, 5), Offentlig),
    ] },
    Kommune { nummer: "5036", navn: "Frosta", enheter: &[
        e(Skole, "Frosta skole", 975_279_480, 274, (1, 10), Offentlig),
        e(Barnehage, "Borglia barnehage", 975_311_872, 49, (1, 5), Offentlig),
        e(Barnehage, "Espira Juberg gårdsbarnehage", 920_214_592, 48, (0, 5), Privat),
        e(Barnehage, "Kvamtoppen barnehage Kunst og Natur", 921_889_313, 39, (0, 5), Offentlig),
    ] },
    Kommune { nummer: "5032", navn: "Selbu", enheter: &[
        e(Skole, "Bell skole", 975_282_899, 239, (1, 7), Offentlig),
        e(Skole, "Selbu ungdomsskole", 975_289_494, 120, (8, 10), Offentlig),
        e(Skole, "Selbustrand skole", 975_294_617, 48, (1, 7), Offentlig),
        e(Barnehage, "Buerie Gon Buorre og Bra friluftsbarnehage SA", 837_395_852, 0, (0, 0), Privat),
        e(Barnehage, "Dragsten barnehage", 975_314_588, 5, (1, 5), Offentlig),
        e(Barnehage, "Innbygda barnehage", 815_516_192, 31, (1, 5), Offentlig),
        e(Barnehage, "Kvellohaugen barnehage", 915_506_941, 87, (1, 5), Offentlig),
        e(Barnehage, "Tømra barnehage", 975_296_970, 57, (1, 5), Offentlig),
        e(Barnehage, "Øverbygda barnehage", 975_314_790, 30, (1, 5), Offentlig),
    ] },
    Kommune { nummer: "5033", navn: "Tydal", enheter: &[
        e(Skole, "Tydal barne- og ungdomsskole", 974_550_016, 74, (1, 10), Offentlig),
        e(Barnehage, "Tydal kommunale barnehage", 974_550_040, 26, (0, 5), Offentlig),
    ] },
    Kommune { nummer: "5001", navn: "Trondheim", enheter: &[
        // A handful, known by name; their numbers are not in what we read.
        e(Skole, "Ila skole", 0, 0, (1, 7), Offentlig),
        e(Skole, "Kolstad skole", 0, 0, (1, 7), Offentlig),
        e(Skole, "Singsaker skole", 0, 0, (1, 7), Offentlig),
        e(Skole, "Åsvang skole", 0, 0, (1, 7), Offentlig),
        e(Barnehage, "Ila barnehage", 0, 0, (1, 5), Offentlig),
        e(Barnehage, "Persaunet barnehage", 0, 0, (1, 5), Offentlig),
    ] },
    Kommune { nummer: "5014", navn: "Frøya", enheter: &[
        e(Skole, "Dyrøy oppvekstsenter avd skole", 975_282_317, 21, (1, 7), Offentlig),
        e(Skole, "Frøya ungdomsskole", 923_033_556, 165, (8, 10), Offentlig),
        e(Skole, "Mausund oppvekstsenter avd skole", 975_282_325, 12, (1, 10), Offentlig),
        e(Skole, "Nabeita skole", 975_282_368, 118, (1, 7), Offentlig),
        e(Skole, "Nordskag oppvekstsenter avd skole", 975_282_309, 26, (1, 7), Offentlig),
        e(Skole, "Sistranda barneskole", 875_282_352, 215, (1, 7), Offentlig),
        e(Skole, "Sørburøy skole", 975_282_295, 2, (1, 10), Offentlig),
        e(Barnehage, "Dyrøy oppvekstsenter avd barnehage", 976_832_515, 18, (0, 5), Offentlig),
        e(Barnehage, "Kysthaven åpen barnehage", 996_451_151, 0, (0, 0), Offentlig),
        e(Barnehage, "Mausund oppvekstsenter avd barnehage", 976_832_507, 3, (3, 5), Offentlig),
        e(Barnehage, "Nabeita barnehage", 875_311_182, 57, (1, 5), Offentlig),
        e(Barnehage, "Nesset barnehage", 975_311_198, 43, (1, 5), Offentlig),
        e(Barnehage, "Nordskag oppvekstsenter avd barnehage", 975_323_722, 35, (1, 5), Offentlig),
        e(Barnehage, "Rabben barnehage", 999_669_514, 62, (1, 5), Offentlig),
        e(Barnehage, "Sistranda kystbarnehage", 884_683_092, 58, (1, 5), Offentlig),
    ] },
    Kommune { nummer: "5007", navn: "Namsos", enheter: &[
        e(Skole, "Bangsund skole", 975_290_123, 145, (1, 10), Offentlig),
        e(Skole, "Bjørkly skole", 979_984_766, 30, (1, 10), Privat),
        e(Skole, "Høknes barneskole", 875_279_602, 396, (1, 7), Offentlig),
        e(Skole, "Høknes ungdomsskole", 975_290_131, 164, (8, 10), Offentlig),
        e(Skole, "Jøa barne- og ungdomsskole", 975_269_108, 41, (1, 10), Offentlig),
        e(Skole, "Namdalseid skole", 975_289_818, 125, (1, 10), Offentlig),
        e(Skole, "Namsos barneskole", 875_279_572, 184, (1, 7), Offentlig),
        e(Skole, "Namsos ungdomsskole", 975_290_115, 240, (8, 10), Offentlig),
        e(Skole, "Otterøy oppvekstsenter avd skole", 975_279_588, 89, (1, 10), Offentlig),
        e(Skole, "Statland skole", 974_565_099, 17, (1, 10), Offentlig),
        e(Skole, "Sørenget oppvekstsenter avd skole", 975_279_618, 52, (1, 7), Offentlig),
        e(Skole, "Vestbyen skole", 979_646_410, 198, (1, 7), Offentlig),
        e(Barnehage, "Bangsund barnehage", 975_311_759, 31, (1, 5), Offentlig),
        e(Barnehage, "Barstad barnehage SA", 973_471_910, 25, (1, 5), Privat),
        e(Barnehage, "Bjørum barnehage AS", 974_753_928, 50, (0, 5), Privat),
        e(Barnehage, "Flak naturbarnehage AS", 987_110_902, 25, (1, 5), Privat),
        e(Barnehage, "Granåsen barnehage SA", 973_483_072, 25, (1, 5), Privat),
        e(Barnehage, "Gullvika naturbarnehage AS", 985_554_471, 33, (1, 5), Privat),
        e(Barnehage, "Høknes barnehage", 934_334_167, 58, (1, 5), Offentlig),
        e(Barnehage, "Jøa barnehage", 974_620_634, 22, (1, 5), Offentlig),
        e(Barnehage, "Namsos barnehage", 972_240_540, 53, (1, 5), Privat),
        e(Barnehage, "Namsos musikkbarnehage AS", 985_802_416, 25, (1, 5), Privat),
        e(Barnehage, "Natur & Idrettsbarnehagen Bråten AS", 985_623_864, 50, (1, 5), Privat),
        e(Barnehage, "Natur & Idrettsbarnehagen Høknes AS", 996_489_957, 15, (1, 4), Privat),
        e(Barnehage, "Otterøy barnehage", 975_311_783, 29, (1, 5), Offentlig),
        e(Barnehage, "Skoglyveien barnehage AS", 987_099_607, 49, (1, 5), Privat),
        e(Barnehage, "Solvang barnehage", 917_459_517, 60, (1, 5), Offentlig),
        e(Barnehage, "Spillum barnehage", 975_311_791, 25, (1, 5), Offentlig),
        e(Barnehage, "Stjerten barnehage", 875_312_022, 7, (1, 5), Offentlig),
        e(Barnehage, "Sørenget barnehage", 987_463_651, 22, (1, 5), Offentlig),
        e(Barnehage, "Vangstunet barnehage", 974_037_424, 34, (1, 6), Offentlig),
        e(Barnehage, "Vestbyen barnehage", 975_322_068, 24, (1, 5), Offentlig),
    ] },
    Kommune { nummer: "5060", navn: "Nærøysund", enheter: &[
        e(Skole, "Austafjord skole", 975_289_877, 46, (1, 10), Offentlig),
        e(Skole, "Foldereid oppvekstsenter avd skole", 975_269_043, 19, (1, 7), Offentlig),
        e(Skole, "Gravvik oppvekstsenter avd skole", 975_268_993, 18, (1, 7), Offentlig),
        e(Skole, "Kolvereid skole", 975_268_969, 416, (1, 10), Offentlig),
        e(Skole, "Nærøysundet skole", 975_269_027, 147, (1, 7), Offentlig),
        e(Skole, "Rørvik skole", 974_040_514, 516, (1, 10), Offentlig),
        e(Skole, "Val Skoler AS avd grunnskole", 935_814_111, 69, (1, 10), Privat),
        e(Barnehage, "Austafjord barnehage", 975_316_718, 10, (2, 5), Offentlig),
        e(Barnehage, "Barnehage 1 AS avd Nøtteliten", 994_043_099, 39, (1, 5), Privat),
        e(Barnehage, "Barnehage 1 AS avd Strand", 918_087_974, 42, (1, 5), Privat),
        e(Barnehage, "Bergheim friluftsbarnehage AS", 885_889_042, 35, (1, 5), Privat),
        e(Barnehage, "Bikuben friluftsbarnehage AS", 990_907_412, 13, (1, 5), Privat),
        e(Barnehage, "Foldereid oppvekstsenter avd barnehage", 976_678_893, 7, (2, 5), Offentlig),
        e(Barnehage, "Gravvik oppvekstsenter avd barnehage", 973_488_600, 14, (1, 5), Offentlig),
        e(Barnehage, "Heimen barnehage", 885_030_912, 37, (1, 5), Offentlig),
        e(Barnehage, "Heimtun barnehage AS", 975_897_346, 45, (1, 5), Privat),
        e(Barnehage, "Kolvereid barnehage", 975_312_267, 121, (0, 5), Offentlig),
        e(Barnehage, "Ottersøy barnehage SA", 973_337_165, 54, (1, 5), Privat),
        e(Barnehage, "Preg barnehager Lilleval AS", 990_367_701, 21, (1, 5), Privat),
        e(Barnehage, "Ril barnehage AS", 833_223_542, 33, (1, 5), Privat),
        e(Barnehage, "Trio barnehager AS", 988_565_563, 38, (1, 5), Privat),
        e(Barnehage, "Tårnet barnehage", 977_150_965, 32, (0, 5), Offentlig),
        e(Barnehage, "Værum barnehage", 979_313_926, 11, (1, 5), Offentlig),
    ] },
];
