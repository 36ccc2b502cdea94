/** The picture at the foot of every page: a low sun (or moon) behind four lines of the tide. */
export const Sea = () => (
  <svg class="sea" viewBox="0 0 1440 400" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
    <circle class="glow" cx="1010" cy="210" r="205" />
    <circle class="disc" cx="1010" cy="210" r="140" />
    <path class="far" d="M0 236c120-34 240-34 360-4s240 34 360 2 240-36 360-6 240 34 360 6v166H0z" />
    <path class="mid" d="M0 286c140 30 240-30 380-26s220 44 360 34 220-46 360-36 220 34 340 12v130H0z" />
    <path class="near" d="M0 334c110-26 230-30 360-4s250 30 370 4 250-34 370-6 230 22 340-2v74H0z" />
    <path class="deep" d="M0 372c160 18 300-22 470-14s280 26 450 12 330-20 520 4v26H0z" />
  </svg>
);
